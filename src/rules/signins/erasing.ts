import { nameOf } from '../access.js';
import { change } from '../change.js';
import { bySystem, dropGrant, systemActors } from '../entries.js';
import type { Moment } from '../operation.js';
import type { PersonName, Profile } from '../types.js';

/** The network asks, for its user, that what is kept of a sign-in is deleted: the sign-in goes, the profile stays. */
export function eraseSignIn(profile: Profile, owner: PersonName, network: string, moment: Moment): Profile {
  return change(profile, bySystem('network', profile.tenant, moment, network), {
    operation: 'erase',
    set: {},
    what: `had the sign-in of ${owner.name} deleted`,
    done: '',
    // The network has ended it already: there is nothing left to ask it for.
    also: [dropGrant(profile.id, owner.id, moment, { noted: true })],
    notices: [
      {
        to: { person: owner.id },
        from: systemActors.network.id,
        title: `Your sign-in for ${nameOf(profile)} was deleted, as ${network} asked`,
        text: 'The profile stays. To use it again, sign in again.',
        buttons: [{ title: 'Renew my sign-in', operation: { kind: 'renew', profile: { id: profile.id } } }],
      },
    ],
  }).profile;
}
