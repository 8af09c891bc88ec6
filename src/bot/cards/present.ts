import type { Outcome } from '../../operations/core/outcome.js';
import type { Asked } from '../../rules/operation.js';
import { type Button, button } from '../input/button.js';
import { approvalCard, approvalView } from './approval.js';
import { askChannelView } from './askChannel.js';
import { askRoleView } from './askRole.js';
import type { Card, Reader } from './card.js';
import { chooseProfileView, chooserCard, chooseTypeView, chooseWhoView } from './chooser.js';
import { claimCard, claimView } from './claim.js';
import { claimsView } from './claims.js';
import { composeCard, composeView } from './compose.js';
import { askView, confirmCard } from './confirm.js';
import { healthCard, healthView } from './health.js';
import { helpCard, helpView } from './help.js';
import { historyCard, historyView } from './history.js';
import { linkoutCard, linkoutView } from './linkout.js';
import { listCard, listView } from './list.js';
import { noticesView } from './notices.js';
import { onlyAskView } from './onlyAsk.js';
import { picturesView, watchView } from './pictures.js';
import { policyCard, policyView } from './policy.js';
import { postingCard, postingView } from './posting.js';
import { pickPostView, postsView } from './posts.js';
import { profileCard, profileView } from './profile.js';
import { receiptCard, receiptView } from './receipt.js';
import { refusalCard, refusalView } from './refusal.js';
import { replyCard, replyView } from './reply.js';
import { rolesCard, rolesView } from './roles.js';
import { changedView, saidCard, saidView, signedInView } from './said.js';
import { pickerView, sharePickerCard } from './sharePicker.js';
import { whatIfView } from './whatIf.js';

type Shows<K extends Outcome['kind']> = (outcome: Extract<Outcome, { kind: K }>, reader: Reader) => Card;

/** What was opened from a list leads back to it. */
const withBack = <V extends { buttons: Button[] }>(view: V, back: Asked | undefined): V =>
  back ? { ...view, buttons: [...view.buttons, button('Back', back)] } : view;

/** One row per outcome: the card that shows it. Everything people typed or networks returned is escaped on the way. */
const rows: { [K in Outcome['kind']]: Shows<K> } = {
  refused: ({ refusal, claim, approval }) => {
    if (claim) return claimCard(claimView(claim, undefined, refusal));
    if (approval) return approvalCard(approvalView(approval, `${refusal.sentence} ${refusal.fix}`));
    return refusalCard(refusalView(refusal));
  },
  help: ({ all }, reader) => helpCard(helpView(reader, all)),
  lists: (outcome, reader) => listCard(listView(outcome, reader)),
  browsed: ({ list, rows, total, isMore, asOf }, reader) => {
    const sections = [{ list: list === 'mine' ? ('owned' as const) : list, rows, total, isMore }];
    return listCard(listView({ kind: 'lists', list, page: 0, sections, ...(asOf ? { asOf } : {}) }, reader));
  },
  health: (outcome, reader) => healthCard(healthView(outcome, reader)),
  profile: (outcome, reader) => profileCard(profileView(outcome, reader)),
  gone: ({ done }) => saidCard(saidView(done, undefined, [button('My profiles', { kind: 'profiles', list: 'mine' })])),
  claim: ({ claim, done, back }) => claimCard(withBack(claimView(claim, done), back)),
  approval: ({ approval, done, back }) => approvalCard(withBack(approvalView(approval, done), back)),
  receipt: ({ receipt }) => receiptCard(receiptView(receipt)),
  claims: (outcome) => chooserCard(claimsView(outcome)),
  askChannel: (outcome) => confirmCard(askChannelView(outcome)),
  policy: (outcome) => policyCard(policyView(outcome)),
  onlyAsk: (outcome, reader) => saidCard(onlyAskView(outcome, reader)),
  posting: ({ posting, back }, reader) => postingCard(withBack(postingView(posting, reader), back)),
  compose: (outcome, reader) => composeCard(composeView(outcome, reader)),
  pictures: (outcome) => saidCard(picturesView(outcome)),
  watch: (outcome) => saidCard(watchView(outcome)),
  replyForm: (outcome) => replyCard(replyView(outcome)),
  pickPost: (outcome) => chooserCard(pickPostView(outcome)),
  posts: (outcome) => chooserCard(postsView(outcome)),
  askRole: (outcome) => confirmCard(askRoleView(outcome)),
  said: ({ title, text, back }) => saidCard(withBack(saidView(title, text, []), back)),
  chooseProfile: (outcome) => chooserCard(chooseProfileView(outcome)),
  chooseWho: (outcome) => chooserCard(chooseWhoView(outcome)),
  chooseType: (outcome) => chooserCard(chooseTypeView(outcome)),
  ask: (outcome, reader) => confirmCard(askView(outcome, reader)),
  linkOut: (outcome, reader) => linkoutCard(linkoutView(outcome, reader)),
  pick: (outcome, reader) => sharePickerCard(pickerView(outcome, reader)),
  history: (outcome) => historyCard(historyView(outcome)),
  roles: (outcome) => rolesCard(rolesView(outcome)),
  notices: (outcome, reader) => chooserCard(noticesView(outcome, reader)),
  whatif: (outcome, reader) => listCard(whatIfView(outcome, reader)),
  signedIn: (outcome, reader) => {
    const [only, ...others] = outcome.outcomes;
    return only && others.length === 0 ? present(only, reader) : saidCard(signedInView(outcome));
  },
};

/** The card that shows an outcome. */
export function present(outcome: Outcome, reader: Reader): Card {
  return (rows[outcome.kind] as Shows<Outcome['kind']>)(outcome, reader);
}

/** The same where others read along: what was changed, without how it looks to the one who changed it. */
export function presentToAll(outcome: Outcome, reader: Reader): Card {
  return outcome.kind === 'profile' && outcome.done ? saidCard(changedView(outcome)) : present(outcome, reader);
}
