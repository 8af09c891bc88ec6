import type { PersonId, ProfileType } from '../rules/ids.js';
import type { Picture } from '../rules/publishing/intent.js';
import type { StoredDoc } from './store.js';

/** A picture of a preview or a post, until that has ended. */
export type PictureDoc = StoredDoc & {
  /** Who chose it. */
  person: PersonId;
  picture: Picture;
  /** The bytes in base64, and a small one for cards: sealed. */
  sealed: string;
  sealedThumbnail: string;
  /** When it is looked at whether anything still needs it. */
  due: Date;
};

/** A page where pictures are chosen for one preview, by one person. Its id is the hash of the address's secret part. */
export type PicturePageDoc = StoredDoc & {
  person: PersonId;
  personName: string;
  timeZone: string;
  posting: string;
  expires: Date;
};

/** An address at which a network may fetch a picture just now. Its id is the hash of the address's secret part. */
export type MediaDoc = StoredDoc & { picture: string; type: ProfileType; expires: Date };
