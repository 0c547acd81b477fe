package io.countersign.ops.keys;

/**
 * Something that is to be said about a key.
 *
 * @param code      one word.
 * @param isWeighty whether the key should not be used so; otherwise it is a note.
 * @param text      what it is and what to do, for people.
 */
record Finding(String code, boolean isWeighty, String text)
{
    static Finding weighty(final String code, final String text)
    {
        return new Finding(code, true, text);
    }

    static Finding note(final String code, final String text)
    {
        return new Finding(code, false, text);
    }

    String weight()
    {
        return isWeighty ? "finding" : "note";
    }
}
