package io.countersign.gateway.journal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file system of a directory on Linux, by calls of the C library. For one thread that may wait.
 */
final class NativeBlocks implements Blocks
{
    /** Written once a second: not a part of the journal. */
    static final String PROBE = "probe";

    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0x40;
    private static final int O_CLOEXEC = 0x80000;
    private static final int MODE = 0600;
    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
        CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPEN = downcall(
        "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FALLOCATE = downcall(
        "fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle FTRUNCATE = downcall(
        "ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle PWRITE = downcall(
        "pwrite", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle FDATASYNC = downcall("fdatasync", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = downcall("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final Path directory;

    NativeBlocks(final Path directory)
    {
        this.directory = directory;
    }

    @Override
    public int make(final Path file, final long length)
    {
        return reserve(file, true, 0, length);
    }

    @Override
    public int reserve(final Path file, final long offset, final long length)
    {
        return reserve(file, false, offset, length);
    }

    private static int reserve(final Path file, final boolean isMade, final long offset, final long length)
    {
        return with(file, isMade, (state, descriptor) ->
            (int) FALLOCATE.invokeExact(state, descriptor, FALLOC_FL_KEEP_SIZE, offset, length));
    }

    @Override
    public int release(final Path file, final long offset)
    {
        final long size = file.toFile().length();
        return with(file, false, (state, descriptor) ->
        {
            final int punched = offset >= size ? 0 : (int) FALLOCATE.invokeExact(
                state, descriptor, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, offset, size - offset);
            // Blocks behind the end of a file are given back by setting it to where it is.
            return 0 == punched ? (int) FTRUNCATE.invokeExact(state, descriptor, size) : punched;
        });
    }

    @Override
    public int probe()
    {
        return with(directory.resolve(PROBE), true, (state, descriptor) ->
        {
            try (Arena arena = Arena.ofConfined())
            {
                final long written = (long) PWRITE.invokeExact(state, descriptor, arena.allocate(1), 1L, 0L);
                return written < 0 ? -1 : (int) FDATASYNC.invokeExact(state, descriptor);
            }
        });
    }

    @Override
    public long usableBytes()
    {
        try
        {
            return Files.getFileStore(directory).getUsableSpace();
        }
        catch (final IOException ex)
        {
            return 0;
        }
    }

    /** A call on an open file: below 0 when it failed. */
    @FunctionalInterface
    private interface Call
    {
        int on(MemorySegment state, int descriptor) throws Throwable;
    }

    private static int with(final Path file, final boolean isMade, final Call call)
    {
        try (Arena arena = Arena.ofConfined())
        {
            final MemorySegment state = arena.allocate(CALL_STATE);
            final int flags = O_WRONLY | O_CLOEXEC | (isMade ? O_CREAT : 0);
            final int descriptor =
                (int) OPEN.invokeExact(state, arena.allocateFrom(file.toString()), flags, MODE);
            if (descriptor < 0)
            {
                return (int) ERRNO.get(state, 0L);
            }
            final int result = call.on(state, descriptor);
            final int error = result < 0 ? (int) ERRNO.get(state, 0L) : 0;
            final int closed = (int) CLOSE.invokeExact(state, descriptor);
            return 0 == error && closed < 0 ? (int) ERRNO.get(state, 0L) : error;
        }
        catch (final Throwable ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle downcall(
        final String name, final FunctionDescriptor descriptor, final Linker.Option... options)
    {
        final Linker linker = Linker.nativeLinker();
        final Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = Linker.Option.captureCallState("errno");
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor, all);
    }
}
