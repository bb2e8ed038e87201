import type { ServiceHealth } from './service-health.ts';

/**
 * Answers a load balancer or a monitor: 200 with the health as JSON while the service works, 503 when it does not, 405 to anything but GET and
 * HEAD. `attention` is 200: a restart would not mend what waits for a person.
 */
export function createHealthHandler(health: () => Promise<ServiceHealth>): (request: Request) => Promise<Response> {
  return async ({ method }) => {
    if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
    const report = await health();
    const answer = Response.json(report, { status: report.status === 'down' ? 503 : 200, headers: { 'cache-control': 'no-store' } });
    return method === 'HEAD' ? new Response(null, answer) : answer;
  };
}
