import type { Asked } from '../../rules/operation.js';
import { policySettings } from '../../rules/tenant/policy.js';

const prefix = 'policy-';
const valueLimit = 40;

/** The id of a rule's box on the form. */
export const policyBox = (setting: string): string => `${prefix}${setting}`;
export const isPolicyBox = (id: string): boolean => policySettings.some((setting) => policyBox(setting) === id);

/** What stands in the form's boxes, as one change; undefined when something in it is no text. */
export function withPolicyBoxes(filled: ReadonlyMap<string, unknown>): Asked | undefined {
  const changes = policySettings.flatMap((setting) => {
    const value = filled.get(policyBox(setting));
    return value === undefined ? [] : [{ setting, value: typeof value === 'number' ? String(value) : value }];
  });
  const isText = (one: (typeof changes)[number]): one is { setting: (typeof one)['setting']; value: string } =>
    typeof one.value === 'string' && one.value.length <= valueLimit;
  return changes.every(isText) ? { kind: 'policy', changes } : undefined;
}
