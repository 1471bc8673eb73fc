import { getDefaultZIndex, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './ui.module.css';

/**
 * A dialog above the page, or above the page's dialogs too; one that nothing closes but its own content has no way out
 * otherwise.
 */
export function Dialog({
  opened,
  above = false,
  onClose,
  title,
  children,
}: {
  opened: boolean;
  above?: boolean;
  onClose?: () => void;
  title: string;
  children: ReactNode;
}) {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose ?? (() => {})}
      closeOnEscape={onClose !== undefined}
      closeOnClickOutside={onClose !== undefined}
      size="lg"
      zIndex={getDefaultZIndex(above ? 'overlay' : 'modal')}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.dialogHead}>
          <Modal.Title>{title}</Modal.Title>
          {onClose !== undefined && <Modal.CloseButton aria-label="Close" />}
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
