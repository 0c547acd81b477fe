package io.countersign.ops.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Where the frames of a compressed file are: the zstd seekable format, version 0.1.0 (facebook/zstd,
 * contrib/seekable_format). Of it only files are taken whose frames hold equally many bytes, but for the last.
 * <pre>
 *  frame ... frame | skippable frame: 0x184D2A5E, length | per frame: compressed length, content length |
 *                  | footer: number of frames, descriptor (bit 7: entries end with a checksum), 0x8F92EAB1 |
 * </pre>
 * All numbers are 32 bits, little endian, but for the descriptor's 8. Decompressors that know nothing of it skip it.
 */
final class SeekTable
{
    /** Content of a frame as this project writes it, in bytes. */
    static final int FRAME_LENGTH = 1024 * 1024;

    /** Longest content of a frame that is read. */
    static final int MAX_FRAME_LENGTH = 2 * FRAME_LENGTH;
    static final int MAX_COMPRESSED_LENGTH = (int) Zstd.compressBound(MAX_FRAME_LENGTH);

    private static final int SKIPPABLE_MAGIC = 0x184D2A5E;
    private static final int SEEKABLE_MAGIC = 0x8F92EAB1;
    private static final int HEAD_LENGTH = 8;
    private static final int FOOTER_LENGTH = 9;
    private static final int ENTRY_LENGTH = 8;
    private static final int CHECKED_ENTRY_LENGTH = 12;
    private static final int CHECKSUM_FLAG = 0x80;
    private static final int MAX_FRAMES = 1 << 24;

    private final boolean isWhole;
    private int[] compressedLengths = new int[64];
    private int frames;
    private int frameLength = FRAME_LENGTH;
    private long size;

    /** To be filled with {@link #add(int, int)}. */
    SeekTable()
    {
        this(true);
    }

    private SeekTable(final boolean isWhole)
    {
        this.isWhole = isWhole;
    }

    /** What a file says of itself; where it does not, or what it says cannot be, what its frames say one by one. */
    static SeekTable of(final FileChannel channel) throws IOException
    {
        final SeekTable table = read(channel);
        return null == table ? walk(channel) : table;
    }

    int frames()
    {
        return frames;
    }

    /** Content of each frame but the last. */
    int frameLength()
    {
        return frameLength;
    }

    /** Content of all of them. */
    long size()
    {
        return size;
    }

    /** Whether the file says itself where its frames are. */
    boolean isWhole()
    {
        return isWhole;
    }

    int compressedLength(final int frame)
    {
        return compressedLengths[frame];
    }

    int contentLength(final int frame)
    {
        return (int) Math.min(frameLength, size - (long) frame * frameLength);
    }

    long[] offsets()
    {
        final long[] offsets = new long[frames];
        for (int i = 1; i < frames; i++)
        {
            offsets[i] = offsets[i - 1] + compressedLengths[i - 1];
        }

        return offsets;
    }

    /** The next frame; false when no file of this kind has such a one there. */
    boolean add(final int compressedLength, final int contentLength)
    {
        if (0 == frames)
        {
            frameLength = contentLength;
        }

        final boolean isBehindLast = size != (long) frames * frameLength;
        if (isBehindLast || contentLength <= 0 || contentLength > frameLength || frameLength > MAX_FRAME_LENGTH ||
            compressedLength < 0 || compressedLength > MAX_COMPRESSED_LENGTH)
        {
            return false;
        }

        if (frames == compressedLengths.length)
        {
            compressedLengths = Arrays.copyOf(compressedLengths, 2 * frames);
        }

        compressedLengths[frames++] = compressedLength;
        size += contentLength;
        return true;
    }

    ByteBuffer encoded()
    {
        final int length = HEAD_LENGTH + frames * ENTRY_LENGTH + FOOTER_LENGTH;
        final ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(SKIPPABLE_MAGIC).putInt(length - HEAD_LENGTH);
        for (int i = 0; i < frames; i++)
        {
            bytes.putInt(compressedLengths[i]).putInt(contentLength(i));
        }

        return bytes.putInt(frames).put((byte) 0).putInt(SEEKABLE_MAGIC).flip();
    }

    private static SeekTable read(final FileChannel channel) throws IOException
    {
        final long fileLength = channel.size();
        final ByteBuffer footer = bytesAt(channel, fileLength - FOOTER_LENGTH, FOOTER_LENGTH);
        if (FOOTER_LENGTH != footer.limit() || SEEKABLE_MAGIC != footer.getInt(Integer.BYTES + 1))
        {
            return null;
        }

        final int count = footer.getInt(0);
        final int entryLength =
            0 == (footer.get(Integer.BYTES) & CHECKSUM_FLAG) ? ENTRY_LENGTH : CHECKED_ENTRY_LENGTH;
        if (count < 0 || count > MAX_FRAMES)
        {
            return null;
        }

        final int entriesLength = count * entryLength;
        final long tableOffset = fileLength - FOOTER_LENGTH - entriesLength - HEAD_LENGTH;
        final ByteBuffer bytes = bytesAt(channel, tableOffset, HEAD_LENGTH + entriesLength);
        if (HEAD_LENGTH + entriesLength != bytes.limit() || SKIPPABLE_MAGIC != bytes.getInt() ||
            entriesLength + FOOTER_LENGTH != bytes.getInt())
        {
            return null;
        }

        final SeekTable table = new SeekTable();
        long end = 0;
        boolean fits = true;
        for (int i = 0; i < count && fits; i++)
        {
            final int at = HEAD_LENGTH + i * entryLength;
            fits = table.add(bytes.getInt(at), bytes.getInt(at + Integer.BYTES));
            end += bytes.getInt(at);
        }

        return fits && end == tableOffset ? table : null;
    }

    /** From frame to frame, as far as they can be read; then one that cannot, for whatever is lost behind them. */
    private static SeekTable walk(final FileChannel channel) throws IOException
    {
        final SeekTable table = new SeekTable(false);
        long offset = 0;
        boolean isFrame = true;
        while (isFrame)
        {
            final byte[] bytes = bytesAt(channel, offset, MAX_COMPRESSED_LENGTH).array();
            final int compressedLength = compressedLength(bytes);
            isFrame = compressedLength > 0 && table.add(
                compressedLength, (int) Math.clamp(Zstd.getFrameContentSize(bytes), 0L, MAX_FRAME_LENGTH + 1L));
            offset += compressedLength;
        }

        // A shorter frame is the last.
        if (table.size == (long) table.frames * table.frameLength)
        {
            table.add(0, 0 == table.frames ? FRAME_LENGTH : table.frameLength);
        }

        return table;
    }

    /** Of the frame that bytes begin with, 0 when they begin with none. */
    private static int compressedLength(final byte[] bytes)
    {
        try
        {
            return 0 == bytes.length ? 0 : (int) Zstd.findFrameCompressedSize(bytes);
        }
        catch (final ZstdException ex)
        {
            return 0;
        }
    }

    /** As many as there are. */
    private static ByteBuffer bytesAt(final FileChannel channel, final long offset, final int length) throws IOException
    {
        final int available = Math.clamp(channel.size() - offset, 0, length);
        final ByteBuffer bytes =
            ByteBuffer.allocate(offset < 0 ? 0 : available).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0)
        {
            Thread.onSpinWait();
        }

        return bytes.flip();
    }
}
