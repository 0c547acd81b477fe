package io.countersign.ops.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes a cycle file as Chronicle Queue would, from records without their checksums: what an attacker can do who knows
 * the format. Up to a million records.
 */
final class CycleFileBuilder
{
    static final int FIRST_EXCERPT = 0x10110;

    private static final int INDEX_2_INDEX = 0xC8;
    private static final int INDEX = 0x80F0;
    private static final int VALUES = 4096;
    private static final int TAIL_LENGTH = 4096;

    private CycleFileBuilder()
    {
    }

    static byte[] build(final List<byte[]> records, final boolean isEnded)
    {
        int length = FIRST_EXCERPT;
        for (final byte[] record : records)
        {
            length += Integer.BYTES + (record.length + Integer.BYTES + 3 & ~3);
        }
        final ByteBuffer file = ByteBuffer.allocate(length + TAIL_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        putHeader(file);
        file.putInt(INDEX_2_INDEX, 0x4000_8024).put(INDEX_2_INDEX + 4, new byte[]{(byte) 0xB9, 11});
        file.put(INDEX_2_INDEX + 6, "index2index".getBytes(StandardCharsets.US_ASCII))
            .put(INDEX_2_INDEX + 17, (byte) 0x8E)
            .putInt(INDEX_2_INDEX + 18, 1).put(INDEX_2_INDEX + 23, (byte) 0x8D)
            .putLong(INDEX_2_INDEX + 24, VALUES).putLong(INDEX_2_INDEX + 32, 1).putLong(INDEX_2_INDEX + 40, INDEX);
        file.putInt(INDEX, 0x4000_801C).put(INDEX + 4, new byte[]{(byte) 0xB9, 5})
            .put(INDEX + 6, "index".getBytes(StandardCharsets.US_ASCII))
            .putInt(INDEX + 11, 0x8F8F_8F8F).put(INDEX + 15, (byte) 0x8D).putLong(INDEX + 16, VALUES);
        int at = FIRST_EXCERPT;
        int last = at;
        for (int i = 0; i < records.size(); i++)
        {
            if (0 == i % 256)
            {
                file.putLong(INDEX + 24, i / 256 + 1).putLong(INDEX + 32 + 8 * (i / 256), at)
                    .putLong(0xB0, 256L * (i / 256 + 1));
            }
            last = at;
            final byte[] record = records.get(i);
            final CRC32C crc = new CRC32C();
            crc.update(record);
            file.putInt(at, record.length + Integer.BYTES).put(at + 4, record)
                .putInt(at + 4 + record.length, (int) crc.getValue());
            at += Integer.BYTES + (record.length + Integer.BYTES + 3 & ~3);
        }
        file.putLong(0x40, last).putLong(0x48, (long) last << 32 | records.size() - 1);
        if (isEnded)
        {
            file.putInt(at, 0xC000_0000).put(at + 4, new byte[]{(byte) 0xC3, 'E', 'O', 'F'});
        }
        return file.array();
    }

    static void write(final Path file, final List<byte[]> records, final boolean isEnded) throws IOException
    {
        Files.write(file, build(records, isEnded));
    }

    private static void putHeader(final ByteBuffer file)
    {
        file.put(0, HexFormat.of().parseHex(
            "c1000040b906686561646572b60853435153746f726582aa000000cd7772" +
            "697465506f736974696f6e8e01000000008d"));
        file.putLong(0x30, 2).putLong(0x38, 2);
        file.put(0x50, HexFormat.of().parseHex(
            "c8696e646578696e67b60c53435153496e646578696e67824c000000ca696e646578436f756e74a50010" +
            "cc696e64657853706163696e67a50001cb696e64657832496e6465788fa7"));
        file.putLong(0x98, INDEX_2_INDEX);
        file.put(0xA0, HexFormat.of().parseHex("c96c617374496e6465788e00000000a7"));
        file.put(0xB8, HexFormat.of().parseHex("ca64617461466f726d6174a101"));
    }
}
