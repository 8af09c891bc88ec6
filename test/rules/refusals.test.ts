import { type Refusal, refuse, type Suggestion } from '../../src/rules/refusals.js';
import { same } from './effects.js';

/** What people read when the answer is no: what happened, what to do now, and the buttons that do it. */
const rows: [Refusal, sentence: string, fix: string, suggest?: Suggestion[]][] = [
  [
    refuse('readerOnly', ['Ada', 'Max']),
    'As a Reader you can look at the help, but not work with profiles.',
    'You need the Responder role. These people can give it: Ada, Max.',
  ],
  [
    refuse('readerOnly', []),
    'As a Reader you can look at the help, but not work with profiles.',
    'You need the Responder role. Ask whoever looks after this bot to name an admin.',
  ],
  [refuse('adminOnly', ['Ada', 'Max']), 'Only an admin can do that.', 'Ask one of: Ada, Max.'],
  [refuse('adminOnly', []), 'Only an admin can do that.', 'Ask whoever looks after this bot to name an admin.'],
  [
    refuse('notFound'),
    'That profile is not there, or not yours to see.',
    'Say "profiles" to see the ones you can use.',
    [{ title: 'My profiles', operation: { kind: 'profiles', list: 'mine' } }],
  ],
  [
    refuse('notFound', 'conto'),
    'You have no profile called "conto".',
    'Say "profiles" to see the ones you can use.',
    [{ title: 'My profiles', operation: { kind: 'profiles', list: 'mine' } }],
  ],
  [
    refuse('notFound', 'conto', ['@contoso', 'x:fabrikam']),
    'You have no profile called "conto".',
    'Near it: @contoso, x:fabrikam.',
    [{ title: 'My profiles', operation: { kind: 'profiles', list: 'mine' } }],
  ],
  [
    refuse('whoNotFound', 'meg'),
    'Nobody called "meg" is in your directory.',
    'Mention them with @, write the whole name in quotes, or give the e-mail address.',
  ],
  [
    refuse('whoNotFound', 'meg', ['Megan', 'Meghan']),
    'Nobody called "meg" is in your directory.',
    'Near it: Megan, Meghan. Mention them with @, or write the name in quotes.',
  ],
  [
    refuse('personOnly', 'Marketing'),
    'Marketing is not a person.',
    'Name one person: mention them with @, or give the e-mail address.',
  ],
  [
    refuse('notOwner', '@contoso', ['Ann', 'Ben']),
    'Only an owner of @contoso can do that.',
    'Ask Ann, Ben, or say "claim @contoso" if you can sign in to it.',
  ],
  [
    refuse('nobodyOwns', '@contoso'),
    '@contoso has no owner, so nobody can do that.',
    'Say "claim @contoso" to become its owner.',
  ],
  [
    refuse('ownersAndAdmins', '@contoso'),
    'The history of @contoso is for its owners and for admins.',
    'Ask an owner, or say "claim @contoso" if you can sign in to it.',
  ],
  [
    refuse('alreadyOwner', '@contoso'),
    'You own @contoso already.',
    'Say "show @contoso" to see what you can do with it.',
  ],
  [
    refuse('alreadyShared', '@contoso', 'cat'),
    '@contoso is shared with cat already.',
    'Give an end, such as "until Friday", to change how long, or say "unshare" to stop it.',
  ],
  [
    refuse('ownersNeedNoShare', '@contoso', 'ann'),
    'ann owns @contoso already and can do everything with it.',
    'Nothing to do.',
  ],
  [
    refuse('notShared', '@contoso', 'cat'),
    '@contoso is not shared with cat.',
    'Say "show @contoso" to see who has access.',
  ],
  [
    refuse('noSignIn', '@contoso'),
    'You have no sign-in of your own for @contoso.',
    'Nothing to remove. "renew @contoso" would add one.',
  ],
  [
    refuse('endTooSoon'),
    'A share has to last at least one hour.',
    'Give a later end, such as "until Friday" or "for 2 weeks".',
  ],
  [
    refuse('endNotUnderstood', 'someday'),
    '"someday" is not a time I understand.',
    'Write it like "until Friday", "until 24 December", "until 2027-01-31" or "for 2 weeks".',
  ],
  [
    refuse('coolOff', '@contoso', '27 November 2026'),
    "You became an owner of @contoso by signing in; this opens on 27 November 2026, or with another owner's yes.",
    'Until then you can publish, react, renew and share with people and groups. Ask another owner to press "Fine by me".',
  ],
  [
    refuse('differentAccount', '@contoso', '@fabrikam'),
    'You signed in to @fabrikam, but this is about @contoso.',
    "Sign out of @fabrikam on the network's site first, then try again and sign in to @contoso.",
  ],
  [
    refuse('claimOpen', '@contoso', '1 December 2026'),
    'Your claim of @contoso waits for a decision already, until 1 December 2026.',
    'Say "withdraw @contoso" to take it back. If you can sign in to it, claim it that way.',
  ],
  [refuse('noClaim', '@contoso'), 'No claim of yours waits for @contoso.', 'Say "claims" to see what you wait for.'],
  [
    refuse('claimDecided', 'Ben', '@contoso', 'approved', 'Ann'),
    'The claim of @contoso by Ben is over: approved by Ann.',
    'Nothing to do.',
  ],
  [
    refuse('claimDecided', 'Ben', '@contoso', 'declined', 'Ann'),
    'The claim of @contoso by Ben is over: declined by Ann.',
    'Nothing to do.',
  ],
  [
    refuse('claimDecided', 'Ben', '@contoso', 'withdrawn', 'Ann'),
    'The claim of @contoso by Ben is over: withdrawn by Ann.',
    'Nothing to do.',
  ],
  [
    refuse('claimDecided', 'Ben', '@contoso', 'granted', 'Ann'),
    'The claim of @contoso by Ben is over: Ann became an owner by signing in.',
    'Nothing to do.',
  ],
  [
    refuse('claimDecided', 'Ben', '@contoso', 'ended', 'Ann'),
    'The claim of @contoso by Ben is over: nobody decided in time.',
    'Nothing to do.',
  ],
  [
    refuse('claimDecided', 'Ben', '@contoso', 'deleted', 'Ann'),
    'The claim of @contoso by Ben is over: Ann deleted the profile.',
    'Nothing to do.',
  ],
  [
    refuse('ownClaim', '@contoso'),
    'This is your own claim of @contoso; someone else decides it.',
    'Say "withdraw @contoso" to take it back.',
  ],
  [
    refuse('ownersDecide', '@contoso', ['Ann', 'Eve']),
    'Only the owners of @contoso can decide this claim.',
    'Ask Ann, Eve.',
  ],
  [
    refuse('managersDecide', '@contoso', undefined, ['Ada', 'Max']),
    'Only a Manager or an admin can decide this claim: no owner of @contoso can.',
    'Ask a Manager, or one of: Ada, Max.',
  ],
  [
    refuse('managersDecide', '@contoso', 'Ann', []),
    'Only a Manager or an admin who is no party to it can decide this claim, since Ann objected.',
    'Ask a Manager.',
  ],
  [
    refuse('claimantCannot', 'Ben', '@contoso', 'reader'),
    "Ben is a Reader, so they can't own @contoso.",
    'An admin can make them a Responder first. You can also decline.',
  ],
  [
    refuse('claimantCannot', 'Ben', '@contoso', 'gone'),
    'The account of Ben does not work any more.',
    'Decline the claim.',
  ],
  [
    refuse('nothingToContest', '@contoso'),
    "Nobody's ownership of @contoso can be contested by you now.",
    'An owner who came by signing in can be contested for a while, by owners who are there longer.',
  ],
  [
    refuse('approvalsInChannel'),
    'That works in the channel that claims are posted into.',
    'Go to a channel of a team that has me, mention me there and say "approvals here".',
  ],
  [
    refuse('channelClosed', 'Announcements'),
    "I can't post into Announcements, so nothing was changed.",
    'Bots cannot post in private channels. Choose a standard channel of a team I was added to, and say it there.',
  ],
  [
    refuse('channelClosed', ''),
    "I can't post into that channel, so nothing was changed.",
    'Bots cannot post in private channels. Choose a standard channel of a team I was added to, and say it there.',
  ],
  [
    refuse('noApprovals'),
    'No channel is set for claims.',
    'They go to the owners in their own chats. Say "approvals here" in a channel to choose one.',
  ],
  [
    refuse('policyUnknown', 'colour', ['claims', 'cool-off']),
    '"colour" is no setting.',
    'There are: claims, cool-off. Say "policy" to see how they are now.',
  ],
  [
    refuse('policyValue', 'cool-off', 'a number of days'),
    '"policy cool-off" takes a number of days.',
    'Say "policy" to see how it is now.',
  ],
  [
    refuse('notLeaving', '@contoso'),
    'No owner of @contoso is leaving.',
    'Only somebody whose account the directory calls disabled or deleted can be removed. Owners leave by themselves with "leave".',
  ],
  [
    refuse('notLeaving', '@contoso', 'Ben'),
    'Ben is not leaving, and stays an owner of @contoso.',
    'Only somebody whose account the directory calls disabled or deleted can be removed. Owners leave by themselves with "leave".',
  ],
  [
    refuse('isBack', 'Ann'),
    'The account of Ann works again, so they stay an owner.',
    'Nothing to do: the card says so in a minute.',
  ],
  [
    refuse('lastAdmin'),
    'This is the last admin, and there has to be one.',
    'Make someone else an admin first: "role @name admin".',
  ],
  [
    refuse('changedMeanwhile', '@contoso'),
    'Someone else changed @contoso just now.',
    'Look at it as it is now, then try again.',
  ],
  [
    refuse('confirmGone'),
    'That question was answered already, is older than 5 minutes, or was put to someone else.',
    'Ask again to get a new one.',
  ],
  [
    refuse('codeInPersonalChat'),
    'A code works only in our personal chat, where nobody else sees it.',
    'Open a chat with me and type it there.',
  ],
  [refuse('codeWrong', 2), 'That is not the code on the page.', 'Look again: 2 tries left.'],
  [refuse('codeWrong', 1), 'That is not the code on the page.', 'Look again: 1 try left.'],
  [refuse('codeWrong', 0), 'That is not the code on the page.', 'No tries left. Start again to get a new link.'],
  [
    refuse('codesTooMany', '14:20'),
    'Those were too many wrong codes.',
    'The next one counts from 14:20. "add" gives a new link then.',
  ],
  [
    refuse('codeNone'),
    'No sign-in of yours is waiting for a code.',
    'A code lives 10 minutes. Say "add" to start a sign-in.',
  ],
  [
    refuse('linkGone'),
    'That link was used already or is more than 10 minutes old.',
    'Go back to Teams and ask again to get a new one.',
  ],
  [
    refuse('wrongPerson', 'ben@contoso', 'Ann'),
    'In this browser ben@contoso is signed in, but the link is for Ann.',
    'If the link is yours, sign in to Microsoft 365 as yourself and open it again. If it is not, close this page.',
  ],
  [
    refuse('notIdentified'),
    "Your organisation's sign-in did not say who you are.",
    'Open the link in Teams again. If it goes on, tell whoever looks after this bot.',
  ],
  [
    refuse('typeNotOffered', 'myspace', ['x', 'facebook page']),
    '"myspace" cannot be added here.',
    'You can add: x, facebook page.',
  ],
  [
    refuse('typeNotOffered', '', []),
    'No network is set up here yet.',
    'Whoever looks after this bot has to enter an app id for a network.',
  ],
  [
    refuse('unknownWords', 'hlep', { title: 'help', operation: { kind: 'help' } }),
    'I don\'t know "hlep".',
    'Did you mean "help"?',
    [{ title: 'Help', operation: { kind: 'help' } }],
  ],
  [
    refuse('unknownWords', 'shwo', { title: 'show <profile>' }),
    'I don\'t know "shwo".',
    'Did you mean "show <profile>"?',
    [{ title: 'Help', operation: { kind: 'help' } }],
  ],
  [
    refuse('unknownWords', 'rolse', { title: 'roles', operation: { kind: 'roles' } }),
    'I don\'t know "rolse".',
    'Did you mean "roles"?',
    [
      { title: 'roles', operation: { kind: 'roles' } },
      { title: 'Help', operation: { kind: 'help' } },
    ],
  ],
  [
    refuse('unknownWords', 'frobnicate'),
    'I don\'t know "frobnicate".',
    'Say "help" to see what I understand.',
    [{ title: 'Help', operation: { kind: 'help' } }],
  ],
  [
    refuse('unknownWords', ''),
    'I did not see a command.',
    'Say "help" to see what I understand.',
    [{ title: 'Help', operation: { kind: 'help' } }],
  ],
  [
    refuse('wordsMissing', 'share <who> <profile>'),
    'Something is missing there.',
    'Say it like this: share <who> <profile>',
  ],
  [
    refuse('wordsExtra', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'help'),
    'I don\'t know what "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" means there.',
    'Say it like this: help',
  ],
  [
    refuse('cardNotUnderstood'),
    'That button carried something I do not accept.',
    'Ask again in words, for example "profiles".',
  ],
  [
    refuse('cannotAcquire', '@contoso', 'messages', 'X asks for money.'),
    'The messages of @contoso cannot be read: X asks for money.',
    'Nothing to do here; it is decided by the network.',
  ],
  [
    refuse('allowedAlready', '@contoso', 'messages'),
    'Reading messages with @contoso is allowed already.',
    'Say "deny messages @contoso" to switch it off.',
  ],
  [
    refuse('notAllowedYet', '@contoso', 'messages'),
    'Reading messages with @contoso is off already.',
    'Say "allow messages @contoso" to switch it on.',
  ],
  [
    refuse('networkWaits', 'X', '14:05', { kind: 'add' }),
    'X asks us to wait; try again at 14:05.',
    'Nothing was changed. The button works from then on.',
    [{ title: 'Try again at 14:05', operation: { kind: 'add' } }],
  ],
  [
    refuse('directoryDown', 'in a minute'),
    "Your organisation's directory does not answer, so I can't check who is allowed to do that.",
    'Nothing was changed. Try again in a minute.',
  ],
  [refuse('networkTrouble', 'It is down.', 'Wait.'), 'It is down.', 'Wait.'],
  [
    refuse('storeDown', 'abc'),
    "I can't reach my memory just now, so nothing was changed.",
    'Try again in a minute. If it goes on, tell whoever looks after this bot: reference abc.',
  ],
  [
    refuse('surprise', 'abc'),
    'Something went wrong on my side.',
    'Try again. If it goes on, tell whoever looks after this bot: reference abc.',
  ],
  [
    refuse('nobodyThere'),
    "I can't tell who you are.",
    'Only people of this organisation who are signed in to Teams can work with me.',
  ],
  [refuse('disabled'), 'Your account is switched off in the directory.', 'Ask your IT department.'],
  [
    refuse('cannotReach'),
    'This is for you alone, but I cannot write to you.',
    'Open a personal chat with me, say "help" there, then ask again.',
  ],
  [
    refuse('foreignTenant', 'Fabrikam'),
    "Your account belongs to Fabrikam, another organisation than this team's.",
    'Only people of this organisation can work with its profiles.',
  ],
  [
    refuse('foreignTenant'),
    "Your account belongs to another organisation than this team's.",
    'Only people of this organisation can work with its profiles.',
  ],
];

describe('a refusal says', () => {
  for (const [refusal, sentence, fix, suggest] of rows) {
    it(`${refusal.code}: ${sentence}`, () => {
      same([refusal.sentence, refusal.fix, refusal.suggest], [sentence, fix, suggest]);
    });
  }
});
