package io.countersign.ops.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.countersign.gateway.journal.CompressedCycles;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts a compressed file in the place of a closed cycle file. At no time is there less than one whole file of its
 * records on the disk.
 */
final class CycleCompressor
{
    static final String PARTIAL_SUFFIX = CompressedCycles.SUFFIX + ".partial";

    private static final int LEVEL = 3;

    private final ByteBuffer content = ByteBuffer.allocateDirect(SeekTable.FRAME_LENGTH);
    private final ByteBuffer other = ByteBuffer.allocateDirect(SeekTable.FRAME_LENGTH);
    private final ByteBuffer frame = ByteBuffer.allocateDirect((int) Zstd.compressBound(SeekTable.FRAME_LENGTH));
    private final Consumer<Step> afterStep;
    private final Progress progress;
    private final MessageDigest digest = newSha256();
    private String writtenSha256;
    private String sha256;
    private long usedLength;

    /**
     * Where a run may be killed.
     */
    enum Step
    {
        /** A part of the partial file is written. */
        BEGUN,
        /** The partial file is on the disk. */
        WRITTEN,
        /** It was compared. */
        VERIFIED,
        /** It has its name. */
        RENAMED,
        /** The uncompressed file is gone. */
        REMOVED
    }

    /**
     * What became of a file.
     *
     * @param length           in bytes, as it was.
     * @param usedLength       up to its last byte that is not 0.
     * @param compressedLength in bytes, as it is.
     * @param sha256           of what it was, in hexadecimal digits.
     */
    record Result(long length, long usedLength, long compressedLength, String sha256)
    {
    }

    /**
     * @param afterStep hears of each step, for tests.
     * @param progress  hears how much is done.
     */
    CycleCompressor(final Consumer<Step> afterStep, final Progress progress)
    {
        this.afterStep = afterStep;
        this.progress = progress;
    }

    /** Compresses a file, or ends what a run before this one had begun. */
    Result run(final Path original, final Path compressed) throws IOException
    {
        final Path partial = original.resolveSibling(original.getFileName() + PARTIAL_SUFFIX);
        Files.deleteIfExists(partial);
        writtenSha256 = null;
        final boolean isDone = Files.exists(compressed) && isSame(original, compressed);
        if (!isDone)
        {
            write(original, partial);
            if (!isSame(original, partial))
            {
                Files.delete(partial);
                throw new CommandException(original + " and what it was compressed to differ: the uncompressed file " +
                    "is left as it is; check memory and disk", ExitCode.WRONG);
            }

            afterStep.accept(Step.VERIFIED);
            Files.move(partial, compressed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(original.toAbsolutePath().getParent());
            afterStep.accept(Step.RENAMED);
        }

        final Result result = new Result(Files.size(original), usedLength, Files.size(compressed), sha256);
        Files.delete(original);
        force(original.toAbsolutePath().getParent());
        afterStep.accept(Step.REMOVED);
        return result;
    }

    /** Brings a directory's entries to the disk. */
    static void force(final Path directory) throws IOException
    {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ))
        {
            channel.force(true);
        }
    }

    private void write(final Path original, final Path partial) throws IOException
    {
        digest.reset();
        try (FileChannel in = FileChannel.open(original, StandardOpenOption.READ);
            FileChannel out = FileChannel.open(
                partial,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))
        {
            final SeekTable table = new SeekTable();
            try (ZstdCompressCtx compression = new ZstdCompressCtx())
            {
                compression.setLevel(LEVEL).setChecksum(true).setContentSize(true);
                for (long at = 0; fill(in, at, content); at += content.limit())
                {
                    final int length = compression.compressDirectByteBuffer(
                        frame.clear(), 0, frame.capacity(), content, 0, content.limit());
                    put(out, frame.limit(length));
                    digest.update(content.duplicate());
                    if (!table.add(length, content.limit()))
                    {
                        throw new IOException("it was written to while it was read");
                    }

                    progress.onBytes(original, at, in.size());
                    afterStep.accept(Step.BEGUN);
                }
            }

            put(out, table.encoded());
            copyAttributes(original, partial);
            out.force(true);
        }
        catch (final ZstdException ex)
        {
            throw new IOException("zstd: " + ex.getMessage(), ex);
        }
        catch (final IOException ex)
        {
            Files.deleteIfExists(partial);
            throw ex;
        }

        writtenSha256 = HexFormat.of().formatHex(digest.digest());
        afterStep.accept(Step.WRITTEN);
    }

    /** Whether the compressed file has each byte of the other, and the other still those that were compressed. */
    private boolean isSame(final Path original, final Path compressed) throws IOException
    {
        digest.reset();
        usedLength = 0;
        try (FileChannel in = FileChannel.open(original, StandardOpenOption.READ);
            ZstdSource source = new ZstdSource(compressed))
        {
            if (in.size() != source.size() || !source.isWhole())
            {
                return false;
            }

            for (long at = 0; fill(in, at, content); at += content.limit())
            {
                other.clear().limit(content.limit());
                while (other.hasRemaining() && source.read(other, at + other.position()) > 0)
                {
                    Thread.onSpinWait();
                }

                other.flip();
                if (!content.equals(other))
                {
                    return false;
                }

                noteUsed(at);
                digest.update(other);
            }
        }

        sha256 = HexFormat.of().formatHex(digest.digest());
        return null == writtenSha256 || writtenSha256.equals(sha256);
    }

    private void noteUsed(final long at)
    {
        for (int i = content.limit() - 1; i >= 0; i--)
        {
            if (0 != content.get(i))
            {
                usedLength = at + i + 1;
                break;
            }
        }
    }

    private static boolean fill(final FileChannel in, final long at, final ByteBuffer target) throws IOException
    {
        target.clear();
        while (target.hasRemaining() && in.read(target, at + target.position()) > 0)
        {
            Thread.onSpinWait();
        }

        target.flip();
        return target.hasRemaining();
    }

    private static void put(final FileChannel out, final ByteBuffer bytes) throws IOException
    {
        while (bytes.hasRemaining())
        {
            out.write(bytes);
        }
    }

    private static void copyAttributes(final Path from, final Path to) throws IOException
    {
        final PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
        final PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        final PosixFileAttributes own = view.readAttributes();
        if (!own.owner().equals(attributes.owner()))
        {
            view.setOwner(attributes.owner());
        }

        if (!own.group().equals(attributes.group()))
        {
            view.setGroup(attributes.group());
        }

        view.setPermissions(attributes.permissions());
        view.setTimes(attributes.lastModifiedTime(), null, null);
    }

    private static MessageDigest newSha256()
    {
        try
        {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
