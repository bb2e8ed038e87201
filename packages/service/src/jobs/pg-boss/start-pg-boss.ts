import type { Logger } from '@spotdraft-archive/core';
import { PgBoss, type QueueOptions } from 'pg-boss';
import { ledgerErrorOf } from '../../database/with-ledger-errors.ts';
import { jobFailureOf } from '../job-failure.ts';

export interface PgBossOptions {
  /** A secret. */
  readonly connectionString: string;
  readonly schema: string;
  /** False when the schema is there, which the user then need not be allowed to create. */
  readonly createSchema: boolean;
  /** After how long a silent worker is taken for dead. */
  readonly leaseMs: number;
  readonly logger: Logger | undefined;
}

export const queueName = 'archive';

/** How often somebody looks for workers that are not heard of any more. */
const watchSeconds = 2;

/** pg-boss takes no shorter one. https://pgboss.io/api/queues */
const shortestHeartbeatSeconds = 10;

const daySeconds = 86_400;

/** Opens pg-boss with our one queue. */
export async function startPgBoss({ connectionString, schema, createSchema, leaseMs, logger }: PgBossOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString,
    schema,
    createSchema,
    max: 4,
    connectionTimeoutMillis: 10_000,
    superviseIntervalSeconds: watchSeconds,
    monitorIntervalSeconds: watchSeconds,
    maintenanceIntervalSeconds: 3_600,
    schedule: false,
    registerInstance: false,
  });
  boss.on('error', (error) => logger?.error(jobFailureOf(ledgerErrorOf(error)), 'service.interrupted'));
  boss.on('warning', ({ message }) => logger?.warn({ message }, 'service.queue_warning'));
  const heartbeatSeconds = Math.max(shortestHeartbeatSeconds, Math.ceil(leaseMs / 1_000));
  const options = { ...queueOptions, heartbeatSeconds };
  try {
    await boss.start();
    // One job of a `singletonKey` is active at a time. https://pgboss.io/api/queues
    await boss.createQueue(queueName, { ...options, policy: 'singleton' });
    await boss.updateQueue(queueName, options);
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
}

const queueOptions: QueueOptions = {
  // A job is repeated by pg-boss only when its worker has died; how often is decided where the attempts are counted.
  retryLimit: 1_000_000,
  retryDelay: 0,
  // A worker that is heard of is alive, however long it takes. This is the longest that pg-boss knows.
  expireInSeconds: daySeconds,
  retentionSeconds: 3_650 * daySeconds,
  deleteAfterSeconds: 3_600,
};
