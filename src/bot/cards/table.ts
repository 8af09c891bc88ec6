import { approvalCard } from './approval.js';
import { chooserCard } from './chooser.js';
import { claimCard } from './claim.js';
import { composeCard } from './compose.js';
import { confirmCard } from './confirm.js';
import { healthCard } from './health.js';
import { helpCard } from './help.js';
import { historyCard } from './history.js';
import { linkoutCard } from './linkout.js';
import { listCard } from './list.js';
import { noticeCard } from './notice.js';
import { policyCard } from './policy.js';
import { postingCard } from './posting.js';
import { profileCard } from './profile.js';
import { receiptCard } from './receipt.js';
import { refusalCard } from './refusal.js';
import { replyCard } from './reply.js';
import { rolesCard } from './roles.js';
import { saidCard } from './said.js';
import { sharePickerCard } from './sharePicker.js';

/** Every kind of card, by its template's name. Samples, tests and the gallery walk this table. */
export const cards = {
  list: listCard,
  health: healthCard,
  profile: profileCard,
  chooser: chooserCard,
  'share-picker': sharePickerCard,
  confirm: confirmCard,
  refusal: refusalCard,
  help: helpCard,
  linkout: linkoutCard,
  history: historyCard,
  said: saidCard,
  roles: rolesCard,
  notice: noticeCard,
  claim: claimCard,
  policy: policyCard,
  approval: approvalCard,
  receipt: receiptCard,
  compose: composeCard,
  posting: postingCard,
  reply: replyCard,
};
export type CardName = keyof typeof cards;
export type ViewOf<N extends CardName> = Parameters<(typeof cards)[N]>[0];
