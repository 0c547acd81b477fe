package io.countersign.gateway.register;

/**
 * The first line of the file.
 *
 * @param generation from 1 on.
 * @param savedMs    milliseconds since 1970.
 * @param previous   digest of the file before.
 * @param keys       how many lines of keys follow.
 * @param operators  how many lines of operators follow them.
 * @param recoveries how many lines of recovery keys follow these.
 */
record RegisterHead(long generation, long savedMs, String previous, int keys, int operators, int recoveries)
{
    static final String FORMAT = "countersign-register 1";

    int entries()
    {
        return keys + operators + recoveries;
    }
}
