package io.countersign.ops.operators;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/**
 * {@code countersign switch off}.
 */
@Command(
    name = "off",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Turns a kill switch off again. Others that are on stay on."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign switch off --principal maker-1 \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files."
    })
public final class SwitchOffCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    @Mixin
    private SwitchSubjectOptions subject;

    /**
     * For picocli.
     */
    public SwitchOffCommand()
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
        return connection.run(subject.text(false), (client) -> subject.turn(client, false), "switched off");
    }
}
