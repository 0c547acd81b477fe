package io.countersign.ops.keys;

import io.countersign.hsm.PinSource;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/**
 * The options that say where the PIN of a token comes from; at most one of them.
 */
final class PinOptions
{
    @Option(names = "--pin-file", paramLabel = "FILE", description =
        "The user's PIN; only its owner may read the file.")
    private Path file;

    @Option(names = "--pin-credential", paramLabel = "NAME", description =
        "The user's PIN is this credential of systemd (LoadCredential=).")
    private String credential;

    @Option(names = "--pin-mount", paramLabel = "FILE", description =
        "The user's PIN is this file of a mounted Kubernetes secret.")
    private Path mount;

    @Option(names = "--pin-env", paramLabel = "NAME", description =
        "The user's PIN is in this environment variable. Never the PIN itself.")
    private String variable;

    /** Null when none is given. */
    PinSource source()
    {
        if (null != file)
        {
            return PinSource.file(file);
        }
        if (null != credential)
        {
            return PinSource.credential(credential);
        }
        if (null != mount)
        {
            return PinSource.mount(mount);
        }
        return null == variable ? null : PinSource.environment(variable);
    }

    /** Name of the field of a configuration that says the same. */
    String field()
    {
        return null != file ? "pin-file" : null != credential ? "pin-credential" : null != mount ?
            "pin-mount" : "pin-env";
    }

    /** Value of that field, good from any directory. */
    String value()
    {
        final Path path = null != file ? file : mount;
        return null != path ? path.toAbsolutePath().normalize().toString() : null != credential ? credential : variable;
    }
}
