import type { LayoutField } from './layout-fields.ts';

/**
 * The layout itself when the compiler finds nothing wrong with it, otherwise a sentence that says what is, for the compiler to print.
 *
 * Layouts that are only known at run time pass; `defineLayout` checks those, and everything the compiler cannot see, when it is called.
 */
export type CheckedLayout<Template extends string> = string extends Template
  ? Template
  : Problem<WithoutEscapes<Template>> extends infer Found extends string
    ? [Found] extends [never]
      ? Template
      : Found
    : never;

type Problem<Template extends string> =
  FieldProblem<Template> extends infer Found extends string
    ? [Found] extends [never]
      ? NameProblem<LastSegment<Template>>
      : Found
    : never;

/** What is wrong with the first wrong field. */
type FieldProblem<Template extends string> = Template extends `${string}{${infer Content}}${infer Rest}`
  ? NameIn<Content> extends infer Name extends string
    ? string extends Name
      ? FieldProblem<Rest>
      : Name extends LayoutField
        ? FieldProblem<Rest>
        : `There is no field "${Name}": docs/layouts.md lists them.`
    : never
  : Template extends `${string}{${string}`
    ? 'A "{" is never closed.'
    : never;

/** The name of a field, without its pattern and default. */
type NameIn<Content extends string> = Content extends `${infer Name}|${string}`
  ? NameIn<Name>
  : Content extends `${infer Name}:${string}`
    ? Name
    : Content;

type LastSegment<Template extends string> = Template extends `${string}/${infer Rest}` ? LastSegment<Rest> : Template;

type NameProblem<Segment extends string> = string extends Segment
  ? never
  : Segment extends `${string}{${'title' | 'contractId' | 'referenceId'}${'}' | '|'}${string}`
    ? never
    : Segment extends `${string}{${infer Content}}${string}`
      ? string extends Content
        ? never
        : MissingName
      : MissingName;

type MissingName = 'The file name needs {title}, {contractId} or {referenceId}.';

/** Doubled opening braces belong to the name; doubled closing ones do no harm here. */
type WithoutEscapes<Template extends string> = Template extends `${infer Before}{{${infer After}`
  ? `${Before}${WithoutEscapes<After>}`
  : Template;
