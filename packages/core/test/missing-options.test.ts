import { describe, expect, it } from 'vitest';
import { createSpotDraftClient, createWebhookHandler, toNodeHandler, verifyWebhook } from '../src/index.ts';

// JavaScript callers have no compiler to tell them.
const nothing = undefined as never;

describe('options that are left out altogether', () => {
  it.each([
    ['createSpotDraftClient', () => createSpotDraftClient(nothing), 'config.missing_option'],
    ['createWebhookHandler', () => createWebhookHandler(nothing), 'config.missing_option'],
    ['toNodeHandler', () => toNodeHandler(nothing), 'config.missing_option'],
    ['verifyWebhook', () => verifyWebhook('{}', nothing), 'webhook.signature_missing'],
    [
      'verifyWebhook with a number for a signature',
      () => verifyWebhook('{}', { signature: 5 as never, keys: [] }),
      'webhook.signature_malformed',
    ],
  ])('are named by %s', (_name, call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});
