package io.countersign.gateway.access;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * Stands in for {@code countersign jwks follow}, which is not on this module's class path: copies a file to where the
 * JWKS is to be, and ends with its input.
 */
public final class FakeFollower
{
    private FakeFollower()
    {
    }

    public static void main(final String[] args) throws Exception
    {
        if (!Arrays.asList(args).contains("--end-with-input"))
        {
            System.exit(2);
        }
        final Path file = Path.of(args[Arrays.asList(args).indexOf("--file") + 1]);
        final Path temporary = file.resolveSibling("new-" + ProcessHandle.current().pid());
        Files.copy(Path.of(args[0]), temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        System.exit(System.in.read() < 0 ? 0 : 3);
    }
}
