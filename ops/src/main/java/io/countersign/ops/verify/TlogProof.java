package io.countersign.ops.verify;

import io.countersign.gateway.seal.NoteException;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One record with its proof and a checkpoint, as C2SP tlog-proof has it.
 * <pre>
 *  c2sp.org/tlog-proof@v1
 *  extra BASE64           the record, from its message header on, without its checksum
 *  index N                its sequence - 1
 *  BASE64                 hashes, from the leaf's sibling up (RFC 6962, section 2.1.1)
 *
 *  the signed checkpoint
 * </pre>
 *
 * @param record     bytes of the record.
 * @param index      of the leaf, from 0.
 * @param path       hashes of 32 bytes.
 * @param checkpoint a signed note.
 */
record TlogProof(byte[] record, long index, List<byte[]> path, String checkpoint)
{
    private static final String HEAD = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_PATH = 64;

    String format()
    {
        final StringBuilder text = new StringBuilder(HEAD).append('\n');
        text.append(EXTRA).append(Base64.getEncoder().encodeToString(record)).append('\n');
        text.append(INDEX).append(index).append('\n');
        path.forEach((hash) -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    static TlogProof parse(final String text) throws NoteException
    {
        final int blank = text.indexOf("\n\n");
        final List<String> lines = blank < 0 ? List.of() : text.substring(0, blank).lines().toList();
        if (lines.size() < 2 || !HEAD.equals(lines.getFirst()))
        {
            throw new NoteException("it does not begin with '" + HEAD + "', extra and index");
        }
        if (!lines.get(1).startsWith(EXTRA))
        {
            throw new NoteException("it has no extra line, which holds the record");
        }
        if (lines.size() < 3 || !lines.get(2).matches("index (0|[1-9][0-9]{0,17})"))
        {
            throw new NoteException("it has no index of a leaf");
        }
        final List<byte[]> path = new ArrayList<>();
        for (final String line : lines.subList(3, lines.size()))
        {
            path.add(base64(line));
        }
        if (path.size() > MAX_PATH)
        {
            throw new NoteException("it has more than " + MAX_PATH + " hashes");
        }
        return new TlogProof(base64(lines.get(1).substring(EXTRA.length())),
            Long.parseLong(lines.get(2).substring(INDEX.length())), path, text.substring(blank + 2));
    }

    static byte[] base64(final String text) throws NoteException
    {
        try
        {
            return Base64.getDecoder().decode(text);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new NoteException("'" + text + "' is no base64");
        }
    }
}
