import { Button, Image } from 'antd';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
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

/** While the content is on its way, ms between looks. */
const LOOK_AGAIN = 1500;

function Thumb({ attachment }: Readonly<{ attachment: Attachment }>) {
  const t = useText();
  const fetching = useOperation('attachments.fetch');
  const options = fetching.isSuccess ? { refetchInterval: LOOK_AGAIN } : { staleTime: NEVER_CHANGES };
  const content = useQueryOperation('attachments.content', { id: attachment.id }, options);
  const isElsewhere = content.error?.code === 'attachment.at-server';
  const url = content.data && `data:${content.data.mediaType};base64,${content.data.base64}`;
  return (
    <div className="mw-thumb" title={attachment.name}>
      {isElsewhere && (
        <Button
          type="text"
          block
          className="mw-thumb-fetch"
          loading={fetching.isPending || fetching.isSuccess}
          onClick={() => fetching.mutate({ id: attachment.id })}
        >
          {t('workOrders.fetchPhoto')}
        </Button>
      )}
      {url !== undefined && attachment.mediaType.startsWith('image/') && <Image src={url} alt={attachment.name} />}
      {url !== undefined && !attachment.mediaType.startsWith('image/') && (
        <a href={url} download={attachment.name}>
          {attachment.name}
        </a>
      )}
    </div>
  );
}
