package io.countersign.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The field {@code writePosition} in the first document of a cycle file: where the writer says that the last document
 * begins. The writer sets it after that document's header, so it may lag behind by one, never be ahead.
 */
final class WriterMark
{
    private static final byte[] NAME = {'w', 'r', 'i', 't', 'e', 'P', 'o', 's', 'i', 't', 'i', 'o', 'n'};
    private static final byte ARRAY_OF_INT64 = (byte) 0x8D;
    private static final int HEAD_LENGTH = 512;
    private static final int VALUE_LENGTH = 64;

    private WriterMark()
    {
    }

    /** The position, -1 when the file does not tell. */
    static long read(final FileWindow window) throws IOException
    {
        final ByteBuffer head = ByteBuffer.allocate(HEAD_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        window.read(head, 0);
        for (int i = 0; i + VALUE_LENGTH < head.position(); i++)
        {
            if (isName(head, i))
            {
                // Padding up to a multiple of 8, then an array of 64-bit numbers: 0x8D, capacity, used, values.
                for (int j = i + NAME.length; j < i + NAME.length + 16; j++)
                {
                    if (ARRAY_OF_INT64 == head.get(j))
                    {
                        return head.getLong(j + 1 + 2 * Long.BYTES);
                    }
                }
            }
        }

        return -1;
    }

    private static boolean isName(final ByteBuffer bytes, final int index)
    {
        for (int i = 0; i < NAME.length; i++)
        {
            if (NAME[i] != bytes.get(index + i))
            {
                return false;
            }
        }

        return true;
    }
}
