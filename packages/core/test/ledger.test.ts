import { describeLedger } from '@spotdraft-archive/testkit';
import { memoryLedger } from '../src/ledger/memory-ledger.ts';

describeLedger('memoryLedger', () => ({ ledger: memoryLedger() }));
