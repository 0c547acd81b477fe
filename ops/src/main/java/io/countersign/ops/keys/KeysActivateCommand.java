package io.countersign.ops.keys;

import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.OperatorCommands;
import io.countersign.ops.operators.OperatorConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/**
 * {@code countersign keys activate}.
 */
@Command(
    name = "activate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Has bots sign with a key of a running gateway: one that is pre-active, retiring or suspended. The version " +
            "that was active under the alias before is retiring then: the venue still takes it, and bots do not sign " +
            "with it."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys activate --alias binance-main --key-version 2 --api-key PUBLIC-ID \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key --operator-key anna.pem",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files, " +
            "3 a token refused."
    })
public final class KeysActivateCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    @Mixin
    private KeyReference key;

    @Option(names = "--at", paramLabel = "TIME", description =
        "When, in ISO 8601 with the offset, like 2026-12-01T06:00:00Z; without it now.")
    private String at;

    @Option(names = "--overlap", paramLabel = "DURATION", description =
        "How long the version before stays valid at the venue: hours or days, like 12h, 7d or PT12H; without it as " +
            "configured.")
    private String overlap;

    @Option(names = "--api-key", paramLabel = "TEXT", description =
        "The venue's public id of the key, where the register does not have it yet.")
    private String apiKey;

    /**
     * For picocli.
     */
    public KeysActivateCommand()
    {
    }

    /**
     * Gives the command.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        return connection.run(OperatorCommands.text("keys activate",
            "alias", key.alias(),
            "version", key.version(),
            "api-key", apiKey,
            "at", TimeOption.utc("--at", at),
            "overlap", TimeOption.duration("--overlap", overlap),
            "comment", key.comment()), "active");
    }
}
