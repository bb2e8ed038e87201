import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { onTestFinished } from 'vitest';

interface SendMessage {
  readonly MessageBody: string;
  readonly MessageGroupId: string;
  readonly MessageDeduplicationId: string;
}

/**
 * A FIFO queue that speaks as much of SQS's JSON protocol as sending needs, and hands its messages over as Lambda would.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export async function startQueue(): Promise<{ readonly url: string; readonly receive: () => SQSEvent }> {
  const messages = new Map<string, SendMessage>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers['x-amz-target'] !== 'AmazonSQS.SendMessage') return void response.writeHead(400).end();
    const message = JSON.parse(await text(request)) as SendMessage;
    const id = message.MessageDeduplicationId;
    if (!messages.has(id)) messages.set(id, message);
    const body = { MessageId: id, MD5OfMessageBody: createHash('md5').update(message.MessageBody).digest('hex') };
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/1/contracts.fifo`,
    receive: () => ({ Records: [...messages].map(([messageId, { MessageBody }]) => ({ messageId, body: MessageBody }) as SQSRecord) }),
  };
}
