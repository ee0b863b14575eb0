"""A picture for the demo’s public page: drawn here, of nobody and of no place that there is."""

from io import BytesIO

from PIL import Image, ImageDraw

from config.web.pictures import Picture, written_anew

WIDTH, HEIGHT = 1200, 800
ARCHES = 5
ALT = "A drawing of five arches at dusk with a lamp in each, and tables in front of them"
SKY, GROUND, TABLE, LAMP = (22, 60, 78), (196, 168, 122), (120, 74, 48), (255, 222, 140)
WALLS = ((11, 97, 87), (15, 122, 110))


def open_evening() -> Picture:
    image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    draw = ImageDraw.Draw(image)
    step, floor = WIDTH // ARCHES, HEIGHT * 3 // 4
    draw.rectangle((0, floor, WIDTH, HEIGHT), GROUND)
    for number in range(ARCHES):
        left, right = number * step + 20, (number + 1) * step - 20
        middle, top = (left + right) // 2, HEIGHT // 3
        draw.pieslice((left, top - 110, right, top + 110), 180, 360, WALLS[number % 2])
        draw.rectangle((left, top, right, floor), WALLS[number % 2])
        draw.ellipse((middle - 18, top - 10, middle + 18, top + 40), LAMP)
        draw.rectangle((left + 20, floor + 60, right - 20, floor + 84), TABLE)
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return written_anew(buffer.getvalue())
