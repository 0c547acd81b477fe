package io.countersign.ops.operators;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/**
 * {@code countersign execution enable}.
 */
@Command(
    name = "enable",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Re-enables a rule that its repeated-execution throttle has stopped."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign execution enable maker-1 small --comment 'looked at' \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files."
    })
public final class ExecutionEnableCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    @Parameters(index = "0", paramLabel = "PRINCIPAL", description = "Whose rule it is.")
    private String principal;

    @Parameters(index = "1", paramLabel = "RULE", description = "Name of the rule.")
    private String rule;

    @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "Why, for the journal.")
    private String comment;

    /**
     * For picocli.
     */
    public ExecutionEnableCommand()
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
            OperatorCommands.text(
                "execution enable", "principal", principal, "rule", rule, "comment", comment),
            (client) -> client.enableExecution(principal, rule, comment),
            "enabled");
    }
}
