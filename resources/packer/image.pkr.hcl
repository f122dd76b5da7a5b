# One image a family, for Packer 1.6 (Debian's) and later.
#
# Two sources. `image` is the real one. `rehearsal` builds against the simulator, whose instances nobody can log into: it has
# no communicator, so every provisioner must say `only = ["amazon-ebs.image"]` (Packer waits for ever at a provisioner
# without a communicator; buildAmi refuses such a template before it starts).

locals {
  stamp    = regex_replace(timestamp(), "[^0-9]", "")
  ami_name = var.ami_name == "" ? "${var.family}-${local.stamp}" : var.ami_name
}

source "amazon-ebs" "image" {
  region          = var.region
  ami_name        = local.ami_name
  ami_description = "${var.family} image"
  ami_regions     = var.copy_to_regions
  ami_users       = var.share_with
  snapshot_users  = var.share_with
  instance_type   = var.instance_type
  source_ami      = var.source_ami
  ena_support     = true

  dynamic "source_ami_filter" {
    for_each = var.source_ami == "" ? [var.source_ami_name] : []
    content {
      filters = {
        name                = source_ami_filter.value
        root-device-type    = "ebs"
        virtualization-type = "hvm"
      }
      owners      = var.source_ami_owners
      most_recent = true
    }
  }

  communicator = "ssh"
  ssh_username = var.ssh_username

  tags          = var.tags
  snapshot_tags = var.tags
  run_tags = {
    Name = "packer ${var.family}"
  }
}

source "amazon-ebs" "rehearsal" {
  region          = var.region
  ami_name        = local.ami_name
  ami_description = "${var.family} image"
  ami_regions     = var.copy_to_regions
  ami_users       = var.share_with
  snapshot_users  = var.share_with
  instance_type   = var.instance_type
  source_ami      = var.source_ami
  ena_support     = true

  dynamic "source_ami_filter" {
    for_each = var.source_ami == "" ? [var.source_ami_name] : []
    content {
      filters = {
        name = source_ami_filter.value
      }
      owners      = var.source_ami_owners
      most_recent = true
    }
  }

  communicator = "none"

  custom_endpoint_ec2        = var.endpoint
  skip_credential_validation = true
  skip_metadata_api_check    = true
  skip_region_validation     = true

  tags          = var.tags
  snapshot_tags = var.tags
  run_tags = {
    Name = "packer ${var.family}"
  }
}

build {
  sources = ["source.amazon-ebs.image", "source.amazon-ebs.rehearsal"]

  provisioner "shell" {
    only             = ["amazon-ebs.image"]
    environment_vars = ["FAMILY=${var.family}"]
    script           = "${path.root}/provision.sh"
  }

  post-processor "manifest" {
    output     = var.manifest
    strip_path = true
  }
}
