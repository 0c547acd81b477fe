package io.countersign.perf.demo;

import java.nio.file.Path;

/**
 * Where the demonstration keeps what.
 *
 * @param root      of the installation: bin, config.
 * @param directory of this run.
 * @param module    PKCS#11 library.
 */
record DemoFiles(Path root, Path directory, Path module)
{
    static final String TOKEN_LABEL = "countersign-demo";

    static final String ORIGIN = "countersign/demo";

    Path pin()
    {
        return directory.resolve("pin");
    }

    Path securityOfficerPin()
    {
        return directory.resolve("so-pin");
    }

    Path config()
    {
        return directory.resolve("gateway.yaml");
    }

    Path policy()
    {
        return directory.resolve("policy.yaml");
    }

    Path aeron()
    {
        return directory.resolve("aeron");
    }

    Path journal()
    {
        return directory.resolve("journal");
    }

    Path checkpoints()
    {
        return directory.resolve("checkpoints");
    }

    Path apiKey(final String principal)
    {
        return directory.resolve(principal + ".api-key");
    }

    Path signatures(final String principal)
    {
        return directory.resolve(principal + ".signatures");
    }

    Path latencies(final String principal)
    {
        return directory.resolve(principal + ".hlog");
    }

    Path baseline(final int run)
    {
        return directory.resolve("token-baseline-" + run + ".hlog");
    }

    Path command(final String name)
    {
        return root.resolve("bin").resolve(name);
    }
}
