package io.countersign.ops.verify;

import io.countersign.gateway.seal.NoteException;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A proof of consistency as a file: {@code countersign consistency proof}, {@code OLD NEW} (sizes), and a hash a line
 * in base64.
 *
 * @param oldSize of the older tree.
 * @param newSize of the newer tree.
 * @param path    hashes of 32 bytes, RFC 6962, section 2.1.2.
 */
record ConsistencyFile(long oldSize, long newSize, List<byte[]> path)
{
    private static final String HEAD = "countersign consistency proof";

    String format()
    {
        final StringBuilder text = new StringBuilder(HEAD).append('\n');
        text.append(oldSize).append(' ').append(newSize).append('\n');
        path.forEach((hash) -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return text.toString();
    }

    static ConsistencyFile parse(final String text) throws NoteException
    {
        final List<String> lines = text.lines().toList();
        if (lines.size() < 2 || !HEAD.equals(lines.getFirst()) || !lines.get(1).matches("[0-9]{1,18} [0-9]{1,18}"))
        {
            throw new NoteException("it does not begin with '" + HEAD + "' and two sizes");
        }
        final List<byte[]> path = new ArrayList<>();
        for (final String line : lines.subList(2, lines.size()))
        {
            path.add(TlogProof.base64(line));
        }
        final String[] sizes = lines.get(1).split(" ");
        return new ConsistencyFile(Long.parseLong(sizes[0]), Long.parseLong(sizes[1]), path);
    }
}
