package io.countersign.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The first document of a cycle file: the same bytes in all files of a roll cycle (FAST_DAILY), but for four numbers,
 * 64 bits each, little endian.
 * <pre>
 *  0x40  writePosition   where the last document begins
 *  0x48  ... and where and which it is: position &lt;&lt; 32 | number of excerpts before it
 *  0x98  index2Index     where the index of the indexes begins: 0xc8, 0 as long as there is none
 *  0xb0  lastIndex       number of excerpts from which on there is no index: a multiple of 256
 * </pre>
 */
final class CycleHeader
{
    static final int LENGTH = 0xC5;
    static final int WRITE_POSITION_OFFSET = 0x40;
    static final int LAST_SEQUENCE_OFFSET = 0x48;
    static final int INDEX_2_INDEX_OFFSET = 0x98;
    static final int LAST_INDEX_OFFSET = 0xB0;

    private static final byte[] PRISTINE = HexFormat.of().parseHex(
        "c1000040b906686561646572b60853435153746f726582aa000000cd7772697465506f736974696f6e8e01000000008d" +
        "0200000000000000020000000000000000000000000000000000000000000000" +
        "c8696e646578696e67b60c53435153496e646578696e67824c000000ca696e646578436f756e74a50010" +
        "cc696e64657853706163696e67a50001cb696e64657832496e6465788fa7" +
        "0000000000000000" +
        "c96c617374496e6465788e00000000a7" +
        "0000000000000000" +
        "ca64617461466f726d6174a101");

    private final ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);

    private CycleHeader()
    {
    }

    static CycleHeader read(final FileWindow window) throws IOException
    {
        final CycleHeader header = new CycleHeader();
        window.read(header.bytes, 0);
        return header;
    }

    long number(final int offset)
    {
        return bytes.getLong(offset);
    }

    /** Offset of the first byte that is not as in every file, or -1. */
    int firstDifference()
    {
        for (int i = 0; i < LENGTH; i++)
        {
            if (!isNumber(i) && PRISTINE[i] != bytes.get(i))
            {
                return i;
            }
        }
        return -1;
    }

    private static boolean isNumber(final int offset)
    {
        return offset >= WRITE_POSITION_OFFSET && offset < LAST_SEQUENCE_OFFSET + Long.BYTES ||
            offset >= INDEX_2_INDEX_OFFSET && offset < INDEX_2_INDEX_OFFSET + Long.BYTES ||
            offset >= LAST_INDEX_OFFSET && offset < LAST_INDEX_OFFSET + Long.BYTES;
    }
}
