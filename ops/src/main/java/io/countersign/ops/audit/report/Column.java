package io.countersign.ops.audit.report;

/**
 * A column of a table.
 *
 * @param id       its name in JSON.
 * @param title    its heading, with the unit of a number that is not a count.
 * @param isNumber whether its cells are numbers.
 */
record Column(String id, String title, boolean isNumber)
{
    static Column text(final String id, final String title)
    {
        return new Column(id, title, false);
    }

    static Column number(final String id, final String title)
    {
        return new Column(id, title, true);
    }
}
