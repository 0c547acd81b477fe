package io.countersign.venues.profile;

/**
 * Where something stands in the text of a profile.
 *
 * @param file   name of the file.
 * @param line   from 1.
 * @param column from 1.
 */
public record Position(String file, int line, int column)
{
    @Override
    public String toString()
    {
        return file + ":" + line + ":" + column;
    }
}
