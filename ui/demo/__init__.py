"""演示: the main job, played through the real window on a training desk."""
