package io.countersign.ops.operators;

import io.countersign.client.CommandAnswer;
import io.countersign.client.OperatorClient;
import io.countersign.codecs.CommandText;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import java.util.Locale;

/**
 * The options that say which switch to turn.
 */
public final class SwitchSubjectOptions
{
    @ArgGroup(multiplicity = "1")
    private Subject subject;

    @Option(names = "--cancels", description =
        "The switch that stops cancels. Without it: the one that stops everything but cancels.")
    private boolean isOfCancels;

    @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "Why, for the journal.")
    private String comment;

    /**
     * For picocli.
     */
    public SwitchSubjectOptions()
    {
    }

    CommandAnswer turn(final OperatorClient client, final boolean isOn)
    {
        return client.setSwitch(
            subject.subject(), isOfCancels ? SwitchReach.CANCELS : SwitchReach.ALL_BUT_CANCELS, isOn, subject.name(),
            comment);
    }

    CommandText text(final boolean isOn)
    {
        return OperatorCommands.text(isOn ? "switch on" : "switch off",
            "subject", subject.subject().name().toLowerCase(Locale.ROOT),
            "name", subject.name(),
            "reach", isOfCancels ? "cancels" : "all-but-cancels",
            "comment", comment);
    }

    /** What the switch stops. */
    private static final class Subject
    {
        @Option(names = "--all", description = "Everything.")
        private boolean isAll;

        @Option(names = "--venue", paramLabel = "VENUE", description = "Every key of a venue.")
        private String venue;

        @Option(names = "--key", paramLabel = "KEY", description = "A key, by its alias.")
        private String key;

        @Option(names = "--principal", paramLabel = "NAME", description = "A principal.")
        private String principal;

        SwitchSubject subject()
        {
            return null != venue ? SwitchSubject.VENUE :
                null != key ? SwitchSubject.KEY :
                null != principal ? SwitchSubject.PRINCIPAL : SwitchSubject.ALL;
        }

        String name()
        {
            return null != venue ? venue : null != key ? key : null != principal ? principal : "";
        }
    }
}
