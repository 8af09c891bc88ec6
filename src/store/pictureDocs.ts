import type { PersonId, ProfileType } from '../rules/ids.js';
import type { Picture } from '../rules/publishing/intent.js';
import type { Video } from '../rules/publishing/video.js';
import type { Collection, CollectionSpec, StoredDoc } from './store.js';

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

/**
 * A video of a preview or a post, until that has ended. Its bytes are in a file of the same id, which is begun after this is
 * written and gone before this is.
 */
export type VideoDoc = StoredDoc & {
  /** Who chose it. */
  person: PersonId;
  bytes: number;
  /** Absent: it is still on its way. */
  video?: Video;
  /** When it is looked at whether anything still needs it. */
  due: Date;
};

/** A page where pictures, or a video, are chosen for one preview, by one person. Its id is the hash of the address's secret part. */
export type PicturePageDoc = StoredDoc & {
  person: PersonId;
  personName: string;
  timeZone: string;
  posting: string;
  what?: 'video';
  /** The video that is on its way from it. */
  video?: string;
  expires: Date;
};

/** An address at which a network may fetch a picture, or a video, just now. Its id is the hash of the address's secret part. */
export type MediaDoc = StoredDoc & { picture?: string; video?: string; type: ProfileType; expires: Date };

/** A page where one person looks at the video of a post that waits. Its id is the hash of the address's secret part. */
export type WatchPageDoc = StoredDoc & { person: PersonId; intent: string; expires: Date };

/** Where they are kept. */
export const mediaSpecs = {
  pictures: { name: 'pictures', indexes: [{ fields: ['due'] }] },
  videos: { name: 'videos', indexes: [{ fields: ['due'] }, { fields: ['person'] }] },
  picturePages: { name: 'picturePages', indexes: [], expires: 'expires' },
  media: { name: 'media', indexes: [], expires: 'expires' },
  watchPages: { name: 'watchPages', indexes: [], expires: 'expires' },
} satisfies Record<string, CollectionSpec>;

export type MediaCollections = {
  pictures: Collection<PictureDoc>;
  videos: Collection<VideoDoc>;
  picturePages: Collection<PicturePageDoc>;
  media: Collection<MediaDoc>;
  watchPages: Collection<WatchPageDoc>;
};
