import { Button, Image } from 'antd';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';

type Attachment = Readonly<{ id: string; name?: string }>;

/** Photos of an order, or evidence of something else, each loaded by itself; a click shows it large. */
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
  const isImage = content.data?.mediaType.startsWith('image/');
  const name = content.data?.name ?? attachment.name ?? '';
  const url = content.data && `data:${content.data.mediaType};base64,${content.data.base64}`;
  return (
    <div className="mw-thumb" title={name}>
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
      {url !== undefined && isImage && <Image src={url} alt={name} />}
      {url !== undefined && !isImage && (
        <a href={url} download={name}>
          {name}
        </a>
      )}
    </div>
  );
}
