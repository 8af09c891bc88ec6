import assert from 'node:assert/strict';
import { messageText } from '../../src/bot/input/messageText.js';

const textOf = (content: string) => messageText({ contentType: 'html', content }).text;

describe('the text of a message that Teams hands over', () => {
  const rows: [what: string, html: string, text: string][] = [
    ['keeps its lines', '<p>One</p>\n<p>Two<br>Three</p>', 'One\nTwo\nThree'],
    [
      'keeps empty lines that were meant',
      '<p>One</p><p>&nbsp;</p><p>Two</p><p><br></p><p>Three</p>',
      'One\n\nTwo\n\nThree',
    ],
    ['makes no lines of blocks in blocks', '<div><div><p>One</p></div>\n</div>\n<div>Two</div>', 'One\nTwo'],
    ['takes line ends in the source for spaces, but for code', 'a\nb<pre>c\nd</pre>', 'a b\nc\nd'],
    ['writes a list in lines', '<ul><li>One</li><li>Two</li></ul>', 'One\nTwo'],
    ['drops mentions', 'Thanks <at id="0">Megan Bowen</at>, <b>well</b> done', 'Thanks , well done'],
    [
      'drops mentions in the other shape',
      'Hi <span itemscope itemtype="http://schema.skype.com/Mention" itemid="0"><span>Megan</span> Bowen</span>!',
      'Hi !',
    ],
    [
      'drops what was quoted from somebody else',
      '<blockquote itemscope itemtype="http://schema.skype.com/Reply"><p>secret</p></blockquote><p>Yes</p>',
      'Yes',
    ],
    ['keeps a quote of one’s own', '<blockquote>Said</blockquote><p>Yes</p>', 'Said\nYes'],
    ['keeps an emoji as its sign', 'Ride <emoji id="bike" alt="🚲" title="Bike"></emoji> on', 'Ride 🚲 on'],
    [
      'keeps an emoji that is a picture, and no other picture',
      '<img itemtype="http://schema.skype.com/Emoji" alt="😀"><img src="https://x.example/a.png" alt="Logo">',
      '😀',
    ],
    [
      'keeps the address of a link behind its words',
      'See <a href="https://contoso.example/a?b=1&amp;c=2">our page</a>.',
      'See our page https://contoso.example/a?b=1&c=2.',
    ],
    [
      'writes a link that shows its address once',
      '<a href="https://contoso.example/">https://contoso.example/</a>',
      'https://contoso.example/',
    ],
    [
      'writes a link that shows a part of its address whole',
      '<a href="https://www.contoso.example/long/way">contoso.example/lo…</a> now',
      'https://www.contoso.example/long/way now',
    ],
    [
      'finds the link, and not the same words before it',
      'b.example or <a href="https://b.example/c">b.example</a>',
      'b.example or https://b.example/c',
    ],
    ['keeps only the words of a link that is no web address', '<a href="javascript:alert(1)">Press</a>', 'Press'],
    ['reads entities once', 'a &amp;lt; b &amp; c &#128690; &amp;#60;', 'a &lt; b & c 🚲 &#60;'],
    ['shows what was typed as tags', '&lt;script&gt;x&lt;/script&gt;', '<script>x</script>'],
    ['drops real ones with what is inside', 'a<script>x</script><style>y</style>b', 'ab'],
    ['drops attachments', '<attachment id="1"></attachment>Look', 'Look'],
  ];
  for (const [what, html, text] of rows) it(what, () => assert.equal(textOf(html), text));

  it('is plain text as it is', () => {
    assert.equal(messageText({ contentType: 'text', content: ' a < b &amp;\nc ' }).text, 'a < b &amp;\nc');
  });

  it('is empty for what is no body', () => {
    for (const body of [undefined, null, 7, 'text', {}, { content: ['a'] }])
      assert.deepEqual(messageText(body), { text: '', isCut: false });
  });

  it('is cut where nobody writes that much, says so, and never in the middle of a sign', () => {
    const { text, isCut } = messageText({ contentType: 'html', content: `a${'😀'.repeat(10_000)}` });
    assert.equal(isCut, true);
    assert.equal(text, `a${'😀'.repeat(2_999)}`);
    assert.equal(messageText({ contentType: 'html', content: 'a'.repeat(6_000) }).isCut, false);
  });

  it('is read whatever the markup, and bounded', () => {
    const shapes = ['<', '<a href="', '<at>', '<span itemtype="http://schema.skype.com/Mention">', '&#', '<p>', '</a>'];
    for (const shape of shapes) {
      const { text, isCut } = messageText({ contentType: 'html', content: shape.repeat(2_000_000 / shape.length) });
      assert(isCut && text.length <= 6_000, shape);
    }
  });
});
