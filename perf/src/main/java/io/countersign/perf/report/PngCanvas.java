package io.countersign.perf.report;

import javax.imageio.ImageIO;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Draws a PNG with Java2D, twice as fine as the SVG, without a display.
 */
final class PngCanvas implements Canvas
{
    private static final int SCALE = 2;
    private static final String FONT = "DejaVu Sans";
    private static final float[] DASHES = {6, 4};

    private final BufferedImage image;
    private final Graphics2D graphics;

    PngCanvas(final int width, final int height)
    {
        System.setProperty("java.awt.headless", "true");
        image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.scale(SCALE, SCALE);
    }

    @Override
    public void box(final Point topLeft, final double width, final double height, final int colour)
    {
        graphics.setColor(new Color(colour));
        graphics.fill(new Rectangle2D.Double(topLeft.x(), topLeft.y(), width, height));
    }

    @Override
    public void line(final List<Point> points, final Stroke stroke)
    {
        final Path2D path = new Path2D.Double();
        path.moveTo(points.getFirst().x(), points.getFirst().y());
        points.stream().skip(1).forEach((one) -> path.lineTo(one.x(), one.y()));
        graphics.setColor(new Color(stroke.colour()));
        graphics.setStroke(new BasicStroke((float) stroke.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1,
            stroke.isDashed() ? DASHES : null, 0));
        graphics.draw(path);
    }

    @Override
    public void text(final String text, final Point at, final Style style)
    {
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(FONT, style.isBold() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) style.size()));
        final double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
        final double shift = switch (style.anchor())
        {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        };
        final AffineTransform before = graphics.getTransform();
        graphics.translate(at.x(), at.y());
        graphics.rotate(style.isUpright() ? -Math.PI / 2 : 0);
        graphics.drawString(text, (float) shift, 0);
        graphics.setTransform(before);
    }

    byte[] bytes() throws IOException
    {
        graphics.dispose();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.setUseCache(false);
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
