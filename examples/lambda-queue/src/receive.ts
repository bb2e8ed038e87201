// The function behind the address that SpotDraft calls: verify, put into the queue, answer.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { verifyWebhook, WebhookError } from '@spotdraft-archive/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const queue = new SQSClient({});

export async function handler(request: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { SPOTDRAFT_HMAC_KEY = '', QUEUE_URL } = process.env;
  try {
    const event = verifyWebhook(request, { signature: request.headers, keys: [SPOTDRAFT_HMAC_KEY] });
    if (event.activity !== 'CONTRACT_EXECUTED' || event.contractNumber === undefined) return { statusCode: 202 };
    await queue.send(
      new SendMessageCommand({
        QueueUrl: QUEUE_URL,
        MessageBody: JSON.stringify(event.raw),
        // One contract at a time, and a webhook that is delivered twice is one message.
        MessageGroupId: String(event.contractNumber),
        MessageDeduplicationId: event.deliveryId,
      }),
    );
    return { statusCode: 202 };
  } catch (error) {
    if (!WebhookError.isInstance(error)) throw error;
    console.warn(error.code, error.message);
    return { statusCode: 401 };
  }
}
