package io.countersign.ops.archive;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.countersign.gateway.journal.ByteSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The content of a file in the zstd seekable format, of which it holds one frame at a time. A frame that cannot be
 * decompressed, or whose checksum does not fit, is damaged as a whole.
 */
final class ZstdSource implements ByteSource
{
    private static final int NONE = -1;

    private final FileChannel channel;
    private final ZstdDecompressCtx decompression = new ZstdDecompressCtx();
    private final SeekTable table;
    private final long[] offsets;
    private final ByteBuffer compressed;
    private final ByteBuffer content;
    private int loadedFrame = NONE;
    private boolean isDamaged;

    ZstdSource(final Path file) throws IOException
    {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        boolean isOpen = false;
        try
        {
            table = SeekTable.of(channel);
            isOpen = true;
        }
        finally
        {
            if (!isOpen)
            {
                close();
            }
        }

        offsets = table.offsets();
        int longest = 0;
        for (int i = 0; i < table.frames(); i++)
        {
            longest = Math.max(longest, table.compressedLength(i));
        }

        compressed = ByteBuffer.allocateDirect(longest);
        content = ByteBuffer.allocateDirect(table.frameLength());
    }

    /** Whether the file says itself where its frames are. */
    boolean isWhole()
    {
        return table.isWhole();
    }

    @Override
    public long size()
    {
        return table.size();
    }

    @Override
    public int read(final ByteBuffer target, final long position) throws IOException
    {
        if (position >= table.size())
        {
            return -1;
        }

        load((int) (position / table.frameLength()));
        final int at = (int) (position % table.frameLength());
        final int length = Math.min(target.remaining(), content.limit() - at);
        target.put(target.position(), content, at, length);
        target.position(target.position() + length);
        return length;
    }

    @Override
    public long damagedUpTo(final long position) throws IOException
    {
        long end = position;
        while (end < table.size())
        {
            final int frame = (int) (end / table.frameLength());
            load(frame);
            if (!isDamaged)
            {
                break;
            }

            end = (long) frame * table.frameLength() + content.limit();
        }

        return end;
    }

    @Override
    public void close() throws IOException
    {
        decompression.close();
        channel.close();
    }

    private void load(final int frame) throws IOException
    {
        if (frame != loadedFrame)
        {
            loadedFrame = NONE;
            content.clear().limit(table.contentLength(frame));
            isDamaged = !decompress(frame);
            for (int i = 0; isDamaged && i < content.limit(); i++)
            {
                content.put(i, DAMAGED);
            }

            loadedFrame = frame;
        }
    }

    private boolean decompress(final int frame) throws IOException
    {
        final int length = table.compressedLength(frame);
        compressed.clear().limit(length);
        while (compressed.hasRemaining())
        {
            if (channel.read(compressed, offsets[frame] + compressed.position()) <= 0)
            {
                return false;
            }
        }

        try
        {
            return length > 0 && content.limit() == decompression.decompressDirectByteBuffer(
                content, 0, content.limit(), compressed, 0, length);
        }
        catch (final ZstdException ex)
        {
            return false;
        }
    }
}
