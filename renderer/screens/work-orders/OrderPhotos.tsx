import { Image } from 'antd';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import type { OrderPage } from './steps/registry.ts';

type Attachment = OrderPage['attachments'][number];

/** Photos of the order, each loaded by itself; a click shows it large. */
export function OrderPhotos({ attachments }: Readonly<{ attachments: readonly Attachment[] }>) {
  return (
    <Image.PreviewGroup>
      <div className="mw-thumbs">
        {attachments.map((attachment) => (
          <Thumb key={attachment.id} attachment={attachment} />
        ))}
      </div>
    </Image.PreviewGroup>
  );
}

const NEVER_CHANGES = Number.POSITIVE_INFINITY;

function Thumb({ attachment }: Readonly<{ attachment: Attachment }>) {
  const content = useQueryOperation('attachments.content', { id: attachment.id }, { staleTime: NEVER_CHANGES });
  const url = content.data && `data:${content.data.mediaType};base64,${content.data.base64}`;
  return (
    <div className="mw-thumb" title={attachment.name}>
      {url !== undefined && attachment.mediaType.startsWith('image/') && <Image src={url} alt={attachment.name} />}
      {url !== undefined && !attachment.mediaType.startsWith('image/') && (
        <a href={url} download={attachment.name}>
          {attachment.name}
        </a>
      )}
    </div>
  );
}
