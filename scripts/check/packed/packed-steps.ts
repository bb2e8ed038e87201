import type { Step } from '../step.ts';
import { checkAttw } from './check-attw.ts';
import { checkContents } from './check-contents.ts';
import { checkCoreSize } from './check-core-size.ts';
import { checkDeclarations } from './check-declarations.ts';
import { checkImports } from './check-imports.ts';
import { checkPublint } from './check-publint.ts';
import { type Consumer, createConsumer } from './consumer.ts';
import { type PackedPackage, packPackages } from './pack-packages.ts';

/** The Node versions under which the packages are imported as packed: the line that `engines` begins with and the current one. */
const nodes = ['22.23.3', '24.21.0'];

/** The checks of every package as users get it. They need the step called build. */
export function packedSteps(repository: string): Step[] {
  let packages: readonly PackedPackage[] = [];
  let consumer: Consumer | undefined;
  const installed = (): Consumer => {
    if (consumer === undefined) throw new Error('The consumer is made by the step called install.');
    return consumer;
  };
  return [
    {
      name: 'pack',
      needs: ['build'],
      run: async () => {
        packages = await packPackages(repository);
        return packages.map(({ manifest }) => manifest.name.split('/')[1]).join(', ');
      },
    },
    {
      name: 'install',
      needs: ['pack'],
      run: async () => {
        const created = await createConsumer(packages, { repository });
        process.once('exit', () => created.remove());
        consumer = created;
        return 'from the tarballs';
      },
    },
    { name: 'contents', needs: ['pack'], run: () => checkContents(packages) },
    { name: 'publint', needs: ['pack'], run: () => checkPublint(packages) },
    { name: 'attw', needs: ['pack'], run: () => checkAttw(packages) },
    { name: 'size of core', needs: ['pack'], run: () => checkCoreSize(packages) },
    ...nodes.map(
      (node): Step => ({ name: `import on Node ${node}`, needs: ['install'], run: () => checkImports(installed(), { repository, node }) }),
    ),
    { name: 'declarations', needs: ['install'], run: () => checkDeclarations(installed()) },
  ];
}
