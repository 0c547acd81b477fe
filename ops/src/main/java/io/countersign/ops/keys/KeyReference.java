package io.countersign.ops.keys;

import io.countersign.ops.CommandException;
import picocli.CommandLine.Option;

/**
 * The options that name a key of a running gateway's register.
 */
public final class KeyReference
{
    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description =
        "What bots and policies call the key.")
    private String alias;

    @Option(names = "--key-version", paramLabel = "N", description =
        "Version of the key under that alias; without it the gateway takes the only one that can be meant.")
    private Integer version;

    @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "Why, for the journal.")
    private String comment;

    /**
     * For picocli.
     */
    public KeyReference()
    {
    }

    String alias()
    {
        return alias;
    }

    /** As a field has it; null where none is named. */
    String version()
    {
        if (null != version && version < 1)
        {
            throw new CommandException("--key-version is " + version + "; expected 1 or more");
        }
        return null == version ? null : version.toString();
    }

    String comment()
    {
        return comment;
    }
}
