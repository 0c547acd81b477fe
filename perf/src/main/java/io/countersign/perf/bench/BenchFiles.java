package io.countersign.perf.bench;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the rig keeps what while it runs.
 *
 * @param root       of the installation: bin, config.
 * @param directory  of this run, made anew.
 * @param shared     directory in memory for the drivers' files, removed at the end.
 * @param module     PKCS#11 library of SoftHSM.
 * @param nullModule PKCS#11 library of the null token; null when it is not built.
 */
record BenchFiles(Path root, Path directory, Path shared, Path module, Path nullModule)
{
    static final String TOKEN_LABEL = "countersign-bench";
    static final String VENUE = "bench-ecdsa";
    static final String ORIGIN = "countersign/bench";

    /**
     * As the options of a rig name them.
     *
     * @param options by name: {@code --root}, {@code --directory}, {@code --shared}, {@code --module}, and
     *                {@code --null-module} where there is one.
     */
    static BenchFiles of(final Map<String, String> options)
    {
        final String nullModule = options.get("--null-module");
        return new BenchFiles(
            Path.of(options.get("--root")), Path.of(options.get("--directory")), Path.of(options.get("--shared")),
            Path.of(options.get("--module")), null == nullModule ? null : Path.of(nullModule));
    }

    boolean hasNullToken()
    {
        return null != nullModule;
    }

    Path pin()
    {
        return directory.resolve("pin");
    }

    Path securityOfficerPin()
    {
        return directory.resolve("so-pin");
    }

    Path profiles()
    {
        return directory.resolve("profiles");
    }

    Path policy()
    {
        return directory.resolve("policy.yaml");
    }

    Path apiKeys()
    {
        return directory.resolve("api-keys");
    }

    /** Configuration of a gateway. */
    Path config(final String life)
    {
        return directory.resolve(life + ".yaml");
    }

    Path journal(final String life)
    {
        return directory.resolve(life + ".journal");
    }

    Path checkpoints(final String life)
    {
        return directory.resolve(life + ".checkpoints");
    }

    Path aeron(final String life)
    {
        return shared.resolve(life);
    }

    Path temporary()
    {
        return directory.resolve("tmp");
    }

    /** What a bot process leaves of a scenario. */
    Path histogram(final String id, final int process)
    {
        return directory.resolve(id.replace('/', '-') + "." + process + ".hlog");
    }

    /** What {@code make native} has built. */
    Path nativeDirectory()
    {
        return root.resolve("perf").resolve("target").resolve("native");
    }

    Path command(final String name)
    {
        return root.resolve("bin").resolve(name);
    }
}
