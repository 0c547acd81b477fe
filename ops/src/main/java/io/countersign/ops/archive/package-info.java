/**
 * How long a journal is kept, and in what form: closed cycles that a seal covers are compressed, checked and only then
 * removed; compressed ones are read as they are by every command.
 * <pre>
 *  NAME.cq4 ──▶ NAME.cq4.zst.partial ──▶ NAME.cq4.zst ──▶ NAME.cq4.zst ──────▶ (gone, by age or size;
 *               written, fsync,          NAME.cq4         (NAME.cq4 removed)    removed.json says up to where)
 *               decompressed, compared   renamed
 * </pre>
 * A run that is killed leaves one of these behind, and the next one goes on: a partial file is written anew; of two
 * files the uncompressed one is what everybody reads, until the other was compared with it once more.
 */
package io.countersign.ops.archive;
