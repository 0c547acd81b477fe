package io.countersign.perf.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A shell that runs one command after the other, with {@code countersign} on its path: a process of its own each time.
 */
final class CommandShell implements AutoCloseable
{
    private static final String END = "@end-of-command@ ";
    private static final long TIMEOUT_S = 10;

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    /**
     * What a command left.
     *
     * @param exitCode of the last process.
     * @param lines    on either stream.
     */
    record Result(int exitCode, List<String> lines)
    {
    }

    CommandShell(final Path directory, final Path temporary)
    {
        try
        {
            final Path programs = Files.createDirectories(directory.resolve("programs"));
            // Each process is short: what the optimising compiler costs is never earned back.
            final Path program = Files.writeString(programs.resolve("countersign"), """
                #!/usr/bin/env bash
                exec '%s' '@%s' -XX:TieredStopAtLevel=1 '-Djava.io.tmpdir=%s' -cp '%s' \\
                    io.countersign.ops.Countersign "$@"
                """.formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of(System.getProperty("countersign.root"), "config", "jvm.args"),
                temporary, System.getProperty("java.class.path")));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            final ProcessBuilder builder = new ProcessBuilder("bash", "--norc", "--noprofile", "-s")
                .directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
            process = builder.start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        in = process.outputWriter();
        out = process.inputReader();
    }

    Result run(final String command)
    {
        final List<String> lines = new ArrayList<>();
        try
        {
            // In the shell itself, whose variables and functions stay; its input is not the command's.
            in.write("{ " + command + "\n} < /dev/null\necho \"" + END + "$?\"\n");
            in.flush();
            String line = out.readLine();
            while (null != line && !line.startsWith(END))
            {
                lines.add(line);
                line = out.readLine();
            }
            assertTrue(null != line, () -> "the shell ended in '" + command + "': " + lines);
            return new Result(Integer.parseInt(line.substring(END.length())), lines);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        process.destroy();
        try
        {
            assertTrue(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS), "the shell has not ended");
        }
        catch (final InterruptedException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
