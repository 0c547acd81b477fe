package io.countersign.ops.verify;

/**
 * Where a record stands.
 *
 * @param sequence of the record; of the one before where there is none.
 * @param file     name of the cycle file, without its directory.
 * @param offset   in it in bytes.
 */
record Place(long sequence, String file, long offset)
{
}
