package io.countersign.ops.operators;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/**
 * {@code countersign policy reload}.
 */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Has a running gateway read its policy file again, and prints one line per difference.",
        "'drift:' marks what became wider. With an error in the file the policy in force stays, and every error is " +
            "printed."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign policy reload --trial --config gateway.yaml --operator anna --api-key-file anna.key",
        "  countersign policy reload --comment 'new symbols' \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files."
    })
public final class PolicyReloadCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    @Option(names = "--trial", description = "Only say what would change.")
    private boolean isTrial;

    @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "Why, for the journal.")
    private String comment;

    /**
     * For picocli.
     */
    public PolicyReloadCommand()
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
        return connection.run(
            OperatorCommands.text("policy reload", "trial", isTrial ? "yes" : "no", "comment", comment),
            (client) -> client.reloadPolicy(isTrial, comment),
            "in force");
    }
}
