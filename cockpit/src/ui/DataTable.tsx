import { Pagination, TextInput } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { Empty } from './Page.tsx';
import classes from './ui.module.css';

export type Column<T> = {
  title: string;
  cell: (row: T) => ReactNode;
  /** What rows are sorted by when this column is chosen; a column without it cannot be. */
  order?: (row: T, other: T) => number;
};

type Props<T> = {
  label: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  keyOf: (row: T) => string;
  /** The text of a row that the search looks into. */
  textOf: (row: T) => string;
  dim?: (row: T) => boolean;
  filters?: ReactNode;
  empty: ReactNode;
};

const PER_PAGE = 25;
const SEARCH_FROM = 6;

/** A table with search, sorting and pages. Rows keep their order while live data arrives. */
export function DataTable<T>({ label, rows, columns, keyOf, textOf, dim, filters, empty }: Props<T>) {
  const [search, setSearch] = useState('');
  const [sorted, setSorted] = useState<{ title: string; down: boolean }>();
  const [page, setPage] = useState(1);

  const found = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = rows.filter((row) => {
      const text = textOf(row).toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const order = columns.find((column) => column.title === sorted?.title)?.order;
    if (order === undefined) {
      return matching;
    }
    return matching.toSorted((one, other) => (sorted?.down ? -1 : 1) * order(one, other));
  }, [rows, columns, search, sorted, textOf]);

  if (rows.length === 0 && filters === undefined) {
    return empty;
  }
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const current = Math.min(page, pages);
  const shown = found.slice((current - 1) * PER_PAGE, current * PER_PAGE);
  const sortBy = (title: string) =>
    setSorted((now) => ({ title, down: now?.title === title ? !now.down : false }));

  return (
    <div style={{ display: 'grid', gap: '0.75rem' }}>
      {(rows.length >= SEARCH_FROM || search !== '' || filters !== undefined) && (
        <div className={classes.tools}>
          <TextInput
            type="search"
            label="Search"
            placeholder="id, range, name…"
            value={search}
            onChange={(change) => {
              setSearch(change.currentTarget.value);
              setPage(1);
            }}
          />
          {filters}
          <span className={`${classes.beside} ${classes.quiet} ${classes.small}`} role="status">
            {found.length === rows.length ? `${rows.length} in all` : `${found.length} of ${rows.length}`}
          </span>
        </div>
      )}
      {shown.length > 0 && (
        <div className={classes.tableBox}>
          <table className={classes.table} aria-label={label}>
            <Head columns={columns} sorted={sorted} sortBy={sortBy} />
            <tbody>
              {shown.map((row) => (
                <tr key={keyOf(row)} data-dim={dim?.(row) ?? false}>
                  {columns.map((column) => (
                    <td key={column.title} data-label={column.title}>
                      <div>{column.cell(row)}</div>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length === 0 && empty}
      {rows.length > 0 && shown.length === 0 && (
        <Empty title="Nothing fits">Nothing here fits the search.</Empty>
      )}
      {pages > 1 && (
        <Pagination
          total={pages}
          value={current}
          onChange={setPage}
          aria-label={`Pages of ${label}`}
          getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          getItemProps={(item) => ({ 'aria-label': `Page ${item}` })}
        />
      )}
    </div>
  );
}

function Head<T>({
  columns,
  sorted,
  sortBy,
}: {
  columns: readonly Column<T>[];
  sorted: { title: string; down: boolean } | undefined;
  sortBy: (title: string) => void;
}) {
  return (
    <thead>
      <tr>
        {columns.map(({ title, order }) => {
          const here = sorted?.title === title;
          return (
            <th
              key={title}
              scope="col"
              {...(here && { 'aria-sort': sorted.down ? 'descending' : 'ascending' })}
            >
              {order === undefined ? (
                title
              ) : (
                <button type="button" className={classes.sort} onClick={() => sortBy(title)}>
                  {title}
                  <span aria-hidden="true">{here ? (sorted.down ? ' ↓' : ' ↑') : ''}</span>
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
