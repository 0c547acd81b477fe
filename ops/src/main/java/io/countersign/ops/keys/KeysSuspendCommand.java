package io.countersign.ops.keys;

import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.OperatorCommands;
import io.countersign.ops.operators.OperatorConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/**
 * {@code countersign keys suspend}.
 */
@Command(
    name = "suspend",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Stops a key of a running gateway, until 'keys activate'. The very next request for it is refused."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys suspend --alias binance-main --comment 'venue asks' \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key --operator-key anna.pem",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files, " +
            "3 a token refused."
    })
public final class KeysSuspendCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    @Mixin
    private KeyReference key;

    /**
     * For picocli.
     */
    public KeysSuspendCommand()
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
        return connection.run(OperatorCommands.text("keys suspend",
            "alias", key.alias(),
            "version", key.version(),
            "comment", key.comment()), "suspended");
    }
}
