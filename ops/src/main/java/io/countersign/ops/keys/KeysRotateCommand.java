package io.countersign.ops.keys;

import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.OperatorCommands;
import io.countersign.ops.operators.OperatorConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/**
 * {@code countersign keys rotate}.
 */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Has a running gateway make the next version of a key that a token generated. It is pre-active until 'keys " +
            "activate' has told the venue's id of it; the version before goes on signing until then, and stays valid " +
            "for the overlap afterwards."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys rotate --alias binance-main --overlap 24h \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key --operator-key anna.pem",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files, " +
            "3 a token refused."
    })
public final class KeysRotateCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    @Mixin
    private KeyReference key;

    @Option(names = "--at", paramLabel = "TIME", description =
        "When, in ISO 8601 with the offset, like 2026-12-01T06:00:00Z; without it now.")
    private String at;

    @Option(names = "--overlap", paramLabel = "DURATION", description =
        "How long the version before stays valid: hours or days, like 12h or 7d; without it as configured.")
    private String overlap;

    /**
     * For picocli.
     */
    public KeysRotateCommand()
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
        return connection.run(OperatorCommands.text("keys rotate",
            "alias", key.alias(),
            "at", TimeOption.utc("--at", at),
            "overlap", TimeOption.duration("--overlap", overlap),
            "comment", key.comment()), "rotated");
    }
}
