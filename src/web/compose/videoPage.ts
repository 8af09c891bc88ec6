import { createHash } from 'node:crypto';
import type { OpenPage } from '../../operations/publishing/picturePages.js';
import { lengthWords, type Privacy, privacies } from '../../rules/publishing/video.js';
import { Html, html, pageHeaders } from '../server/html.js';
import { dialogPage } from './inDialog.js';

/**
 * Sends the file a part at a time and shows how far it is. A part that is lost on the way is sent again; what is refused says
 * why, and the page stays.
 */
const script = new Html(`(()=>{
const f=document.getElementById('video-form'),bar=document.getElementById('progress'),said=document.getElementById('said'),here=location.pathname;
const say=(t,x,bad)=>{said.replaceChildren();for(const s of [t,x])if(s){const p=document.createElement('p');p.textContent=s;if(bad&&s===t)p.className='bad';said.append(p)}if(t)said.scrollIntoView({block:'nearest'})};
const wait=(ms)=>new Promise((r)=>setTimeout(r,ms));
const ask=async(path,init)=>{for(let turn=0;;turn++){let a;try{a=await fetch(here+path,init)}catch{}if(a&&a.status<500){const b=await a.json().catch(()=>({}));if(a.ok)return b;throw b}
if(turn===5)throw{sentence:'The connection was lost.',fix:'Try again when it is back.'};await wait(1000*2**turn)}};
const send=async(file)=>{const{partBytes}=await ask('/video',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({bytes:file.size})});
for(let at=0,n=0;at<file.size;at+=partBytes,n++){await ask('/video/'+n,{method:'PUT',headers:{'content-type':'application/octet-stream'},body:file.slice(at,at+partBytes)});bar.value=Math.min(1,(at+partBytes)/file.size)}};
f.addEventListener('submit',async(e)=>{e.preventDefault();const off=e.submitter&&e.submitter.name==='off',file=f.elements.file.files[0],buttons=f.querySelectorAll('button');
say('');buttons.forEach((b)=>{b.disabled=true});
try{if(file&&!off){bar.hidden=false;bar.value=0;say('Sending the video. Leave this page open.');await send(file)}
const body=new URLSearchParams();if(off)body.set('off','yes');else for(const n of ['title','privacy','kids'])body.set(n,(f.elements[n]&&f.elements[n].value)||'');
const a=await ask('/video/done',{method:'POST',body});f.remove();say(a.done+' Nothing has gone out yet.','Close this window: the card in Teams shows it.');dispatchEvent(new Event('chosen'))}
catch(x){bar.hidden=true;say(x.sentence||'That did not work.',x.fix||'Try again.',true);buttons.forEach((b)=>{b.disabled=false})}})})()`);
const scriptHash = createHash('sha256').update(script.text).digest('base64');

/** Its own script alone, which talks to this server alone. */
export const videoPageHeaders: Readonly<Record<string, string>> = {
  ...pageHeaders,
  'content-security-policy': (pageHeaders['content-security-policy'] ?? '').replace(
    /script-src [^;]*;/,
    `script-src 'sha256-${scriptHash}'; connect-src 'self';`,
  ),
};

const privacyTitles: Record<Privacy, string> = {
  private: 'Private: only the people of the channel',
  unlisted: 'Unlisted: whoever has the link',
  public: 'Public: everybody',
};

/** The first line of the text stands as its title, for as long as nobody writes another. */
const proposed = (text: string, most: number): string =>
  [...(text.trim().split(/[\r\n]/)[0] ?? '')].slice(0, most).join('');

/** Names whose post it is: who was sent the address by somebody else closes it. Nothing goes out from here. */
export function videoPage(open: OpenPage): string {
  const {
    page: { personName },
    text,
    mostMb,
    before,
    video,
  } = open;
  if (mostMb === 0) return dialogPage('No videos here', html`<p>Your organisation sends no videos with posts.</p>`);
  const there = video
    ? html`<p>There is a video already, ${lengthWords(video.seconds)} long. Without another file it stays.</p>`
    : before > 0
      ? html`<p>The video takes the place of the ${before === 1 ? 'picture' : 'pictures'} that ${before === 1 ? 'is' : 'are'} there now.</p>`
      : undefined;
  return dialogPage(
    'A video for your post',
    html`<p>A post of <b>${personName}</b>. If that is not you, close this page.</p>
<blockquote>${text.slice(0, 300)}</blockquote>${there}
<p class="soft">One MP4 or MOV file, up to ${mostMb} MB. It goes out as it is, with the text of the post.</p>
<noscript><p class="bad">This page needs JavaScript to send a video.</p></noscript>
<div id="said" role="status" aria-live="polite"></div>
<form id="video-form"><progress id="progress" max="1" value="0" hidden aria-label="How much of the video is sent"></progress>
<label class="up" for="file">File</label><input class="wide" type="file" id="file" name="file" accept="video/mp4,video/quicktime">
${titleBox(open)}${audienceBoxes(open)}
<p class="soft">Nothing goes out from here: you press Send in Teams.</p><button type="submit">Show me the preview</button>${
      video
        ? html` <button type="submit" class="second" name="off" formnovalidate>Take the video off</button>`
        : undefined
    }</form><script>${script}</script>`,
  );
}

function titleBox({ asks: { title, titleMost }, video, text }: OpenPage): Html | undefined {
  if (!title) return undefined;
  const isNeeded = title === 'needed';
  const value = video?.title ?? (isNeeded ? proposed(text, titleMost) : '');
  const label = isNeeded ? 'Title' : 'Title (may stay empty)';
  return html`<label class="up" for="title">${label}</label><input class="wide" type="text" id="title" name="title" maxlength="${titleMost}"${isNeeded ? html` required` : undefined} value="${value}">`;
}

function audienceBoxes({ asks, video }: Pick<OpenPage, 'asks' | 'video'>): Html | undefined {
  if (!asks.audience) return undefined;
  return html`<label class="up" for="privacy">Who may see it</label><select class="wide" id="privacy" name="privacy">${options(video?.privacy ?? 'private')}</select>
<fieldset><legend>Is it made for children?</legend><p class="soft">That has to be said of every video.</p>
${kids('no', 'No, it is not made for children', video?.madeForKids === false)}${kids('yes', 'Yes, it is made for children', video?.madeForKids === true)}</fieldset>`;
}

const options = (chosen: Privacy): Html[] =>
  privacies.map((one) =>
    one === chosen
      ? html`<option value="${one}" selected>${privacyTitles[one]}</option>`
      : html`<option value="${one}">${privacyTitles[one]}</option>`,
  );

const kids = (value: string, words: string, isChosen: boolean): Html =>
  isChosen
    ? html`<label><input type="radio" name="kids" value="${value}" required checked>${words}</label>`
    : html`<label><input type="radio" name="kids" value="${value}" required>${words}</label>`;
