package io.countersign.ops.keys;

import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.OperatorCommands;
import io.countersign.ops.operators.OperatorConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/**
 * {@code countersign keys destroy}.
 */
@Command(
    name = "destroy",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Proposes that a key of a running gateway is destroyed, in the register and in the token: a second security " +
            "officer approves. A key that signs must be revoked first. What is destroyed comes back from a backup " +
            "only, and only where it was recoverable."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys destroy --alias binance-main --key-version 1 \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key --operator-key anna.pem",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files, " +
            "3 a token refused."
    })
public final class KeysDestroyCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    @Mixin
    private KeyReference key;

    /**
     * For picocli.
     */
    public KeysDestroyCommand()
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
        return connection.run(OperatorCommands.text("keys destroy",
            "alias", key.alias(),
            "version", key.version(),
            "comment", key.comment()), "destroyed");
    }
}
