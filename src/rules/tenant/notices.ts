import type { Deciding, Decision } from '../decision.js';
import { auditEntry, nameFor } from '../entries.js';
import type { Operation } from '../operation.js';
import { type NoticeTopic, noticeTopics } from './noticeTopics.js';

/** Shows what somebody is told, or switches one topic for themselves. */
export function changeNotices({ topic, on }: Extract<Operation, { kind: 'notices' }>, deciding: Deciding): Decision {
  if (!topic || on === undefined) return { kind: 'view' };
  const { what } = noticeTopics[topic];
  return {
    kind: 'changeNotices',
    person: nameFor(deciding.actor),
    topic,
    on,
    done: on ? `You are told of ${topic} again: ${what}.` : `You are not told of ${topic} any more: ${what}.`,
    entry: auditEntry(deciding, { operation: 'notices', what: `switched notices of ${topic} ${on ? 'on' : 'off'}` }),
  };
}

/** The topics somebody does not want to hear of, after one is switched. */
export function quietAfter(quiet: readonly NoticeTopic[], topic: NoticeTopic, on: boolean): NoticeTopic[] {
  const others = quiet.filter((one) => one !== topic);
  return on ? others : [...others, topic];
}
