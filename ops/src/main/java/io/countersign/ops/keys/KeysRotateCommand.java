package io.countersign.ops.keys;

import io.countersign.ops.CommandException;
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
            "activate', which also tells the venue's id of it; the version before goes on signing until then, and " +
            "stays valid at the venue for the overlap afterwards.",
        "Where the venue's id is known already, --at says when the gateway changes over by itself."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys rotate --alias binance-main \\",
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
        "When the new version becomes active, in ISO 8601 with the offset, like 2026-12-01T06:00:00Z; without it by " +
            "'keys activate'.")
    private String at;

    @Option(names = "--api-key", paramLabel = "TEXT", description =
        "The venue's public id of the new version; --at wants it.")
    private String apiKey;

    @Option(names = "--overlap", paramLabel = "DURATION", description =
        "With --at: how long the version before stays valid from then on: hours or days, like 12h, 7d or PT12H; " +
            "without it as configured. Otherwise give it to 'keys activate'.")
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
        if (null == at && null != overlap)
        {
            throw new CommandException("--overlap goes with --at: it begins when the new version becomes active; " +
                "give it to 'keys activate'");
        }
        if (null == at != (null == apiKey))
        {
            throw new CommandException("--at and --api-key go together: a version becomes active by itself only when " +
                "the venue's id of it is known");
        }
        return connection.run(OperatorCommands.text("keys rotate",
            "alias", key.alias(),
            "version", key.version(),
            "api-key", apiKey,
            "at", TimeOption.utc("--at", at),
            "overlap", TimeOption.duration("--overlap", overlap),
            "comment", key.comment()), "rotated");
    }
}
