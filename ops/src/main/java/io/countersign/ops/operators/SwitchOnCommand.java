package io.countersign.ops.operators;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/**
 * {@code countersign switch on}.
 */
@Command(
    name = "on",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Turns a kill switch on. When this ends with 0, the very next order is refused with SWITCHED_OFF.",
        "It outlives a restart of the gateway and a change of the policy."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign switch on --principal maker-1 --comment 'runs wild' \\",
        "   --config gateway.yaml --operator anna --api-key-file anna.key",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files."
    })
public final class SwitchOnCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    @Mixin
    private SwitchSubjectOptions subject;

    /**
     * For picocli.
     */
    public SwitchOnCommand()
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
        return connection.run(subject.text(true), (client) -> subject.turn(client, true), "switched on");
    }
}
